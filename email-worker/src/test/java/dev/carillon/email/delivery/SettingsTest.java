package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.email.attachment.AttachmentSettings;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.ledger.LedgerSettings;
import dev.carillon.email.smtp.RelaySettings;
import dev.carillon.email.smtp.RelaysSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }

    @Test
    void aRelayHasDefaults() {
        RelaySettings relay = bind("carillon.email.smtp", RelaySettings.class, Map.of());

        assertThat(relay.isConfigured()).isFalse();
        assertThat(relay.port()).isEqualTo(587);
        assertThat(relay.security()).isEqualTo(RelaySettings.Security.AUTO);
        assertThat(relay.pool())
                .isEqualTo(new RelaySettings.Pool(
                        10, 500, Duration.ofMinutes(10), Duration.ofSeconds(60), Duration.ofSeconds(10)));
        assertThat(relay.timeouts())
                .isEqualTo(new RelaySettings.Timeouts(
                        Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(9)));
    }

    @Test
    void everyPropertyOfARelayIsRead() {
        RelaySettings relay = bind(
                "carillon.email.smtp",
                RelaySettings.class,
                Map.ofEntries(
                        Map.entry("carillon.email.smtp.host", "mail.example.org"),
                        Map.entry("carillon.email.smtp.port", "465"),
                        Map.entry("carillon.email.smtp.security", "starttls"),
                        Map.entry("carillon.email.smtp.username", "ada"),
                        Map.entry("carillon.email.smtp.password", "s3cret-word"),
                        Map.entry("carillon.email.smtp.helo-name", "out.example.org"),
                        Map.entry("carillon.email.smtp.trusted-certificates", "/etc/ca.pem"),
                        Map.entry("carillon.email.smtp.pool.size", "3"),
                        Map.entry("carillon.email.smtp.pool.messages", "4"),
                        Map.entry("carillon.email.smtp.pool.lifetime", "5m"),
                        Map.entry("carillon.email.smtp.pool.idle", "6s"),
                        Map.entry("carillon.email.smtp.pool.check-after", "7s"),
                        Map.entry("carillon.email.smtp.timeouts.connect", "1s"),
                        Map.entry("carillon.email.smtp.timeouts.reply", "2s"),
                        Map.entry("carillon.email.smtp.timeouts.send", "8s"),
                        Map.entry("carillon.email.smtp.rate", "50/second"),
                        Map.entry("carillon.email.smtp.fail-over", "spare,last"),
                        Map.entry("carillon.email.smtp.types", "offer"),
                        Map.entry("carillon.email.smtp.categories", "news,social")));

        assertThat(relay)
                .isEqualTo(new RelaySettings(
                        "mail.example.org",
                        465,
                        RelaySettings.Security.STARTTLS,
                        "ada",
                        "s3cret-word",
                        "out.example.org",
                        Path.of("/etc/ca.pem"),
                        new RelaySettings.Pool(
                                3, 4, Duration.ofMinutes(5), Duration.ofSeconds(6), Duration.ofSeconds(7)),
                        new RelaySettings.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(8)),
                        "50/second",
                        List.of("spare", "last"),
                        List.of("offer"),
                        List.of("news", "social")));
        assertThat(relay.toString()).doesNotContain("s3cret-word");
    }

    @Test
    void namedRelaysAreReadWithWhatTheyTake() {
        RelaysSettings more = bind(
                "carillon.email",
                RelaysSettings.class,
                Map.of(
                        "carillon.email.relays.bulk.host", "bulk.example.org",
                        "carillon.email.relays.bulk.pool.size", "3",
                        "carillon.email.relays.bulk.types", "offer.new,Digest_Weekly",
                        "carillon.email.domain-limits", "example.com 20/second,* 5/minute"));

        assertThat(more.domainLimits()).containsExactly("example.com 20/second", "* 5/minute");
        RelaySettings bulk = more.relays().get("bulk");
        assertThat(bulk).isNotNull();
        assertThat(bulk.types()).containsExactly("offer.new", "Digest_Weekly");
        assertThat(bulk.pool().messages()).isEqualTo(500);
        assertThat(more.sessions(bind("carillon.email.smtp", RelaySettings.class, Map.of())))
                .isEqualTo(13);
        assertThat(bind("carillon.email", RelaysSettings.class, Map.of())).isEqualTo(RelaysSettings.none());
    }

    @Test
    void senderLookLedgerWorkerAndAttachmentsHaveDefaults() {
        assertThat(bind("carillon.email", SenderSettings.class, Map.of()))
                .isEqualTo(SenderSettings.of("no-reply@localhost", "Carillon", null, null));
        assertThat(bind("carillon.email.layout", LayoutSettings.class, Map.of()))
                .isEqualTo(LayoutSettings.of("Carillon", null, "en", null));
        assertThat(bind("carillon.email.ledger", LedgerSettings.class, Map.of()))
                .isEqualTo(new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90)));
        assertThat(bind("carillon.email.worker", EmailWorkerSettings.class, Map.of()))
                .isEqualTo(new EmailWorkerSettings(1, 500));
        assertThat(bind("carillon.email.attachments", AttachmentSettings.class, Map.of()))
                .isEqualTo(new AttachmentSettings(
                        DataSize.ofMegabytes(10),
                        DataSize.ofMegabytes(256),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3),
                        List.of("*"),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "port, 0",
        "port, 65536",
        "username, ada",
        "pool.size, 0",
        "pool.size, 1001",
        "pool.messages, 0",
        "pool.idle, 0s",
        "timeouts.connect, 0s",
        "timeouts.send, 11s",
        "rate, 50",
        "rate, 0/second",
        "rate, 50/day"
    })
    void whatIsOutOfRangeIsNamed(String name, String value) {
        RelaySettings relay =
                bind("carillon.email.smtp", RelaySettings.class, Map.of("carillon.email.smtp." + name, value));

        assertThatThrownBy(() -> relay.check("carillon.email.relays.bulk"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("carillon.email.relays.bulk." + name + " ");
    }

    @ParameterizedTest
    @CsvSource({"from, nobody", "reply-to, a@b@c@", "list-id, no spaces here"})
    void aSenderThatCannotBeIsNamed(String name, String value) {
        assertThatThrownBy(() -> bind("carillon.email", SenderSettings.class, Map.of("carillon.email." + name, value)))
                .hasStackTraceContaining(
                        "carillon.email." + name + ("list-id".equals(name) ? " must" : ": mail address"));
    }
}
