package dev.carillon.email.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.smtp.TestCertificate;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.testsupport.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Files over TLS: from whom the certificate is for, and from nobody else. */
class SecureFetchTest {
    private static final byte[] FILE = {1, 2, 3};

    @TempDir
    private Path directory;

    private final AtomicInteger asked = new AtomicInteger();

    private Gathered gather(TestCertificate certificate) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server.createContext("/a", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                exchange.sendResponseHeaders(200, FILE.length);
                exchange.getResponseBody().write(FILE);
            }
        });
        server.start();
        AttachmentSettings settings = new AttachmentSettings(
                DataSize.ofKilobytes(10),
                DataSize.ofKilobytes(100),
                Duration.ofSeconds(60),
                Duration.ofSeconds(6),
                List.of("*"),
                true);
        try (Attachments attachments = new Attachments(
                settings,
                new Attachments.Kind(false, false),
                ManualClock.at("2026-11-20T10:00:00Z"),
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                certificate.trusting())) {
            String url = "https://localhost:" + server.getAddress().getPort() + "/a";
            return attachments.gather(mail(url), "default");
        } finally {
            server.stop(0);
        }
    }

    private static Delivery mail(String url) {
        Attachment file = new Attachment("a.pdf", null, url, null, false);
        Content content = new Content("Invoice", null, null, null, List.of(), null, List.of(), Map.of(), List.of(file));
        return Deliveries.single(Deliveries.address("ada@example.org", null, null), content);
    }

    @Test
    void aFileComesFromWhomTheCertificateIsFor() throws Exception {
        try (Gathered.Files files = (Gathered.Files) gather(TestCertificate.forHost("localhost", directory))) {
            assertThat(files.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.content()).isEqualTo(FILE));
        }
    }

    @Test
    void nothingIsAskedForWhereTheCertificateIsForAnotherHost() throws Exception {
        assertThat(gather(TestCertificate.forHost("elsewhere.test", directory)))
                .isInstanceOfSatisfying(
                        Gathered.Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains("SSL"));
        assertThat(asked).hasValue(0);
    }
}
