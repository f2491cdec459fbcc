package dev.carillon.push.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.push.webpush.VapidKeyRing;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final VapidKeyPair PAIR = VapidKeyPair.generate();

    private final ReportTokens tokens = new ReportTokens(VapidKeyRing.of(PAIR, List.of()));
    private final RecipientId ada = new RecipientId("ada@example.org");
    private final NotificationId notification = NotificationId.of(EventUid.of("test", "1"), ada);

    @Test
    void saysWhatItIsAbout() {
        String token = tokens.issue(ada, notification, NOW);

        assertThat(tokens.read(token, NOW)).isEqualTo(new ReportTokens.Subject(ada, notification));
        assertThat(token).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void fitsForTheLongestRecipient() {
        RecipientId longest = new RecipientId("x".repeat(128));

        String token = tokens.issue(longest, notification, NOW);

        assertThat(token.length()).isLessThanOrEqualTo(ReportTokens.LONGEST);
        assertThat(tokens.read(token, NOW)).isEqualTo(new ReportTokens.Subject(longest, notification));
    }

    @Test
    void expires() {
        String token = tokens.issue(ada, notification, NOW);

        assertThat(tokens.read(token, NOW.plus(ReportTokens.VALIDITY).minusSeconds(1)))
                .isNotNull();
        assertThat(tokens.read(token, NOW.plus(ReportTokens.VALIDITY))).isNull();
    }

    @Test
    void noByteOfItCanBeChanged() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.issue(ada, notification, NOW));
        for (int i = 0; i < token.length; i++) {
            byte[] forged = token.clone();
            forged[i] ^= 1;

            assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(forged), NOW))
                    .as("byte %d", i)
                    .isNull();
        }
    }

    @Test
    void isUnderstoodAfterTheKeyPairWasRotatedAndByNobodyElse() {
        String token = tokens.issue(ada, notification, NOW);
        VapidKeyPair next = VapidKeyPair.generate();

        assertThat(new ReportTokens(VapidKeyRing.of(next, List.of(PAIR))).read(token, NOW))
                .isNotNull();
        assertThat(new ReportTokens(VapidKeyRing.of(next, List.of())).read(token, NOW))
                .isNull();
        assertThat(new ReportTokens(VapidKeyRing.empty()).read(token, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void nonsenseIsNone(String token) {
        assertThat(tokens.read(token, NOW)).isNull();
        assertThat(tokens.read(token.repeat(10), NOW)).isNull();
    }
}
