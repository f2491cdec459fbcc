package dev.carillon.email.attachment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.testsupport.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class AttachmentsTest {
    private static final int LIMIT = 10_000;
    /** Of one mail with as much as it may bring, while its files are still there for others. */
    private static final int MEMORY = 64_000;

    private static final String RELAY = "default";
    private static final Attachments.Kind ALONE = new Attachments.Kind(false, false);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final HttpServer server = start();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Attachments attachments = attachments(settings(true), false);

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AttachmentSettings settings(boolean insecure) {
        return new AttachmentSettings(
                DataSize.ofBytes(LIMIT),
                DataSize.ofBytes(MEMORY),
                Duration.ofSeconds(60),
                Duration.ofMillis(insecure ? 5_000 : 2_000),
                List.of("*"),
                insecure);
    }

    @AfterEach
    void stop() {
        release.countDown();
        attachments.close();
        server.stop(0);
    }

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private String serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answer.give(exchange);
            }
        });
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Answer file(byte[] content, boolean chunked) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, chunked ? 0 : content.length);
            exchange.getResponseBody().write(content);
        };
    }

    private static Attachment at(String url) {
        return new Attachment("a.pdf", null, url, null, false);
    }

    private static Delivery mail(Attachment... files) {
        Content content =
                new Content("Invoice", null, null, null, List.of(), null, List.of(), Map.of(), Arrays.asList(files));
        return Deliveries.single(Deliveries.address("ada@example.org", null, null), content);
    }

    private List<MailFile> files(Delivery delivery) throws InterruptedException {
        try (Gathered.Files files = (Gathered.Files) attachments.gather(delivery, RELAY)) {
            return files.files();
        }
    }

    @Test
    void bringsWhatIsAtAnAddressAndWhatTheEventHolds() throws Exception {
        String url = serve("/a", file("content".getBytes(UTF_8), true));
        List<MailFile> files = files(mail(at(url), new Attachment("note.txt", null, null, "YWJj", false)));

        assertThat(files).extracting(MailFile::type).containsExactly("application/pdf", "text/plain");
        assertThat(files).extracting(file -> new String(file.content(), UTF_8)).containsExactly("content", "abc");
    }

    @Test
    void fetchesOnceWhatManyMailsBring() throws Exception {
        String url = serve("/a", file(new byte[10], false));
        for (int i = 0; i < 5; i++) {
            assertThat(files(mail(at(url), at(url)))).hasSize(2);
        }
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, false",
        "403, false",
        "301, false",
        "204, false",
        "500, true",
        "503, true",
        "429, true",
        "408, true"
    })
    void whatMayBeThereLaterIsWaitedFor(int status, boolean later) throws Exception {
        String url = serve("/a", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        });
        Gathered gathered = attachments.gather(mail(at(url)), RELAY);
        assertThat(gathered)
                .isEqualTo(
                        later
                                ? new Gathered.Unavailable("attachment a.pdf: its server answers " + status)
                                : new Gathered.Refused("attachment a.pdf: its server answers " + status));
        attachments.gather(mail(at(url)), RELAY);
        assertThat(asked).as("while it is remembered").hasValue(1);
        clock.advance(Duration.ofSeconds(5));
        attachments.gather(mail(at(url)), RELAY);
        assertThat(asked).as("afterwards").hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTooLargeIsNotRead(boolean chunked) throws Exception {
        String url = serve("/a", file(new byte[LIMIT + 1], chunked));
        assertThat(attachments.gather(mail(at(url)), RELAY))
                .isEqualTo(new Gathered.Refused("attachment a.pdf: it has more than " + LIMIT + " bytes"));
    }

    @Test
    void allFilesTogetherKeepTheLimit() throws Exception {
        String url = serve("/a", file(new byte[LIMIT / 2 + 1], false));
        assertThat(files(mail(at(url)))).hasSize(1);
        assertThat(attachments.gather(mail(at(url), at(url)), RELAY)).isInstanceOf(Gathered.Refused.class);
    }

    @Test
    void aSlowFileIsThereAtTheNextAttempt() throws Exception {
        String url = serve("/a", exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            file(new byte[10], false).give(exchange);
        });
        Attachments hasty = hasty(Duration.ofMillis(50));
        try (hasty) {
            assertThat(hasty.gather(mail(at(url)), RELAY))
                    .isEqualTo(new Gathered.Unavailable("attachment a.pdf: it is still being fetched"));
            release.countDown();
            Gathered gathered = hasty.gather(mail(at(url)), RELAY);
            while (!(gathered instanceof Gathered.Files)) {
                gathered = hasty.gather(mail(at(url)), RELAY);
            }
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whatWaitsOnlyForAPlaceIsNoFailedAttempt() throws Exception {
        String url = serve("/a", exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (Attachments hasty = hasty(Duration.ofSeconds(3))) {
            assertThat(hasty.gather(mail(at(url + "?0"), at(url + "?1")), RELAY))
                    .isInstanceOf(Gathered.Unavailable.class);
            assertThat(hasty.gather(mail(at(url + "?next")), RELAY)).isEqualTo(new Gathered.NoRoom());
            release.countDown();
        }
    }

    private Attachments hasty(Duration patience) {
        return new Attachments(
                new AttachmentSettings(
                        DataSize.ofBytes(LIMIT),
                        DataSize.ofBytes(MEMORY),
                        Duration.ofSeconds(60),
                        patience,
                        List.of("*"),
                        true),
                ALONE,
                clock,
                HostLookup.system(),
                null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/a",
                "https://127.0.0.1/a",
                "https://shop.example:8443/a",
                "https://user@shop.example/a",
                "https://inside.example/a"
            })
    void nothingInsideIsAsked(String url) throws Exception {
        HostLookup inside = host -> new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 1})};
        try (Attachments guarded = new Attachments(settings(false), ALONE, clock, inside, null)) {
            assertThat(guarded.gather(mail(at(url)), RELAY)).isInstanceOf(Gathered.Refused.class);
        }
    }

    private static Attachment inline(int size) {
        return new Attachment("a", null, null, Base64.getEncoder().encodeToString(new byte[size]), false);
    }

    @Test
    void moreThanTheRoomWaits() throws Exception {
        Attachment most = inline(LIMIT);
        try (Gathered.Files first = (Gathered.Files) attachments.gather(mail(most), RELAY)) {
            assertThat(first.files()).hasSize(1);
            assertThat(attachments.gather(mail(most), RELAY)).isInstanceOf(Gathered.NoRoom.class);
        }
        assertThat(files(mail(most))).hasSize(1);
    }

    /** As behind a relay that takes a mail a second: its mails are in the memory until it has them. */
    @Test
    void theFilesOfOneRelaysMailsLeaveRoomForThoseOfOthers() throws Exception {
        Attachments.Kind several = new Attachments.Kind(false, true);
        Attachment file = inline(LIMIT * 4 / 5);
        try (Attachments shared = new Attachments(settings(true), several, clock, HostLookup.system(), null)) {
            try (Gathered.Files slow = (Gathered.Files) shared.gather(mail(file), "slow")) {
                assertThat(slow.files()).hasSize(1);
                assertThat(shared.gather(mail(file), "slow")).isEqualTo(new Gathered.NoRoom());
                try (Gathered.Files other = (Gathered.Files) shared.gather(mail(file), "swift")) {
                    assertThat(other.files()).hasSize(1);
                }
            }
            try (Gathered.Files next = (Gathered.Files) shared.gather(mail(inline(LIMIT)), "slow")) {
                assertThat(next.files()).as("the largest that there may be").hasSize(1);
            }
        }
    }

    /** What was fetched lately counts towards the same limit, and gives way. */
    @Test
    void mailsAndFetchesAndWhatWasFetchedShareOneLimit() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(files(mail(at(serve("/" + i, file(new byte[LIMIT], true))))))
                    .hasSize(1);
            assertThat(attachments.memoryTaken()).isLessThanOrEqualTo(MEMORY);
        }
        assertThat(attachments.memoryTaken()).as("kept for others").isGreaterThan(2 * LIMIT);
        try (Gathered.Files inUse = (Gathered.Files) attachments.gather(mail(inline(LIMIT)), RELAY)) {
            assertThat(attachments.memoryTaken()).isBetween(4L * LIMIT, (long) MEMORY);
            assertThat(inUse.files()).hasSize(1);
            assertThat(attachments.gather(mail(at(serve("/used", file(new byte[LIMIT], false)))), RELAY))
                    .as("fetched, and no room for the mail")
                    .isEqualTo(new Gathered.NoRoom());
        }
        asked.set(0);
        assertThat(files(mail(at("http://127.0.0.1:" + server.getAddress().getPort() + "/used"))))
                .hasSize(1);
        assertThat(asked).as("it had been fetched").hasValue(0);
    }

    @Test
    void nothingIsFetchedOrDecodedWithoutRoom() throws Exception {
        String url = serve("/a", file(new byte[10], false));
        try (Gathered.Files first = (Gathered.Files) attachments.gather(mail(inline(LIMIT)), RELAY);
                Gathered.Files second = (Gathered.Files) attachments.gather(mail(inline(LIMIT / 3)), RELAY)) {
            assertThat(first.files()).hasSameSizeAs(second.files());
            assertThat(attachments.gather(mail(at(url)), RELAY)).isEqualTo(new Gathered.NoRoom());
            assertThat(asked).hasValue(0);
            assertThat(attachments.gather(mail(new Attachment("b", null, null, "!".repeat(4_000), false)), RELAY))
                    .as("it would be no base64")
                    .isEqualTo(new Gathered.NoRoom());
        }
        assertThat(files(mail(at(url)))).hasSize(1);
        assertThat(attachments.memoryTaken()).isLessThan(2_000);
    }

    @Test
    void theCopiesOfSigningCount() throws Exception {
        assertThatThrownBy(() -> attachments(settings(true), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carillon.email.attachments.memory must be at least 24 times");
        AttachmentSettings small = new AttachmentSettings(
                DataSize.ofBytes(MEMORY / 24),
                DataSize.ofBytes(MEMORY),
                Duration.ofSeconds(60),
                Duration.ofSeconds(3),
                List.of("*"),
                true);
        try (Attachments signing = attachments(small, true);
                Gathered.Files first = (Gathered.Files) signing.gather(mail(inline(MEMORY / 24)), RELAY)) {
            assertThat(first.files()).hasSize(1);
            assertThat(signing.memoryTaken()).isGreaterThan(MEMORY - 100);
        }
    }

    private Attachments attachments(AttachmentSettings settings, boolean signed) {
        return new Attachments(settings, new Attachments.Kind(signed, false), clock, HostLookup.system(), null);
    }

    @Test
    void aMailThatTellsSeveralBringsNone() throws Exception {
        Delivery one = mail(at("https://shop.example/a"));
        Delivery merged = Deliveries.of(one.address(), one.notification(), List.of(one.notification()), 0);
        assertThat(attachments.gather(merged, RELAY)).isEqualTo(Gathered.Files.NONE);
    }
}
