package dev.carillon.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.email.smtp.RelaySettings.Pool;
import dev.carillon.email.smtp.RelaySettings.Security;
import dev.carillon.email.smtp.RelaySettings.Timeouts;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTlsTest {

    @TempDir
    private static Path directory;

    private static TestCertificate localhost = unset();
    private static TestCertificate elsewhere = unset();

    private final FakeRelay fake = FakeRelay.start();

    private static TestCertificate unset() {
        try {
            return new TestCertificate(Path.of("/"), SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = TestCertificate.forHost("localhost", directory);
        elsewhere = TestCertificate.forHost("elsewhere.test", directory);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private SmtpResult send(Security security, @Nullable String username, @Nullable Path trusted) {
        RelaySettings settings = new RelaySettings(
                "localhost",
                fake.port(),
                security,
                username,
                username == null ? null : "s3cret-word",
                "test.example",
                trusted,
                new Pool(1, 500, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                null,
                List.of(),
                List.of(),
                List.of());
        try (Relay relay = new Relay(settings)) {
            return relay.send(
                    new Envelope(
                            MailAddress.parse("no-reply@carillon.test"), MailAddress.parse("ada@example.org"), null),
                    "Subject: hello\r\n\r\nworld\r\n".getBytes(US_ASCII),
                    () -> true);
        }
    }

    @Test
    void takesTlsWhereItIsOffered() {
        fake.withStartTls(localhost.serverSockets());

        assertThat(send(Security.AUTO, null, localhost.pem())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received().getFirst().overTls()).isTrue();
    }

    @Test
    void speaksTlsFromTheFirstByte() {
        fake.withTls(localhost.serverSockets());

        assertThat(send(Security.TLS, "ada", localhost.pem())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received().getFirst().overTls()).isTrue();
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() {
        fake.withStartTls(localhost.serverSockets());

        assertThat(send(Security.AUTO, null, null))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.reason()).contains("failed the TLS checks"));
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        fake.withStartTls(elsewhere.serverSockets());

        assertThat(send(Security.STARTTLS, null, elsewhere.pem()))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.reason()).contains("failed the TLS checks"));
    }

    @Test
    void aPasswordNeverGoesOverAnOpenLine() {
        fake.offering("AUTH PLAIN LOGIN");

        assertThat(send(Security.AUTO, "ada", null)).isInstanceOf(SmtpResult.Unreachable.class);
        assertThat(fake.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void logsInOverTls() {
        fake.offering("AUTH PLAIN").withStartTls(localhost.serverSockets());

        assertThat(send(Security.AUTO, "ada", localhost.pem())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.commands()).anyMatch(command -> command.startsWith("AUTH PLAIN"));
    }

    @Test
    void aRefusedLoginIsSaidWithoutThePassword() {
        fake.offering("AUTH PLAIN")
                .withStartTls(localhost.serverSockets())
                .next(On.AUTH, Reaction.answer("535 5.7.8 wrong"));

        assertThat(send(Security.AUTO, "ada", localhost.pem()))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.reason())
                                .contains("refused the login")
                                .doesNotContain("s3cret-word"));
    }

    @Test
    void certificatesThatCannotBeReadAreNamedAtOnce() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> send(Security.AUTO, null, empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carillon.email.smtp.trusted-certificates")
                .hasMessageContaining("empty.pem");
    }
}
