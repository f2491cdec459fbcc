package dev.carillon.email.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.token.Tokens;
import dev.carillon.email.unsubscribe.UnsubscribeLinks.Read;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {
    private static final String SECRET = "a secret of these tests, long enough";
    private static final String OTHER = "another secret of these tests, as long";
    private static final Subscription ADA = new Subscription(
            new RecipientId("ada"),
            "invoice.paid",
            "billing",
            NotificationId.parse("6c97f160-5506-804f-af75-7804a88e6a4b"));

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");

    private UnsubscribeLinks links(String secret, String... previous) {
        return new UnsubscribeLinks(
                new UnsubscribeSettings(
                        "https://api.example.org", secret, List.of(previous), Duration.ofDays(180), null, null),
                delivery -> false,
                clock);
    }

    @Test
    void aTokenSaysWhatTheMailWasAbout() {
        assertThat(links(SECRET).read(links(SECRET).token(ADA))).isEqualTo(new Read.Valid(ADA, clock.instant()));
        Subscription several = new Subscription(new RecipientId("ada"), null, null, null);
        assertThat(links(SECRET).read(links(SECRET).token(several)))
                .isEqualTo(new Read.Valid(several, clock.instant()));
    }

    @Test
    void aTokenFromBeforeTheNotificationWasInItStillCounts() {
        String token = new Tokens("unsubscribe", SECRET, List.of(), clock)
                .issue(Duration.ofDays(180), List.of("ada", "invoice.paid", "billing"));
        assertThat(links(SECRET).read(token))
                .isEqualTo(new Read.Valid(
                        new Subscription(new RecipientId("ada"), "invoice.paid", "billing", null), clock.instant()));
    }

    @Test
    void aTokenEnds() {
        String token = links(SECRET).token(ADA);
        clock.advance(Duration.ofDays(180).minusSeconds(1));
        assertThat(links(SECRET).read(token)).isInstanceOf(Read.Valid.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(links(SECRET).read(token)).isInstanceOf(Read.Expired.class);
    }

    @Test
    void anEarlierSecretStillCountsUntilItIsTakenAway() {
        String token = links(SECRET).token(ADA);
        assertThat(links(OTHER, SECRET).read(token)).isInstanceOf(Read.Valid.class);
        assertThat(links(OTHER).read(token)).isInstanceOf(Read.Forged.class);
    }

    @Test
    void noBitOfATokenCanBeChanged() {
        byte[] token = Base64.getUrlDecoder().decode(links(SECRET).token(ADA));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(links(SECRET).read(text)).as("bit %d", bit).isInstanceOf(Read.Forged.class);
        }
    }

    @Test
    void aTokenForAnotherPurposeIsForged() {
        String token =
                new Tokens("click", SECRET, List.of(), clock).issue(Duration.ofSeconds(60), List.of("ada", "", ""));
        assertThat(links(SECRET).read(token)).isInstanceOf(Read.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "%00", "ada", "=====", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void nonsenseIsForged(String token) {
        assertThat(links(SECRET).read(token)).isInstanceOf(Read.Forged.class);
        assertThat(links(SECRET).read(token + "A".repeat(3_000))).isInstanceOf(Read.Forged.class);
    }
}
