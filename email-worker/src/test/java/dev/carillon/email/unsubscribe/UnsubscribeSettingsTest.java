package dev.carillon.email.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeSettingsTest {
    private static final String PREFIX = "carillon.email.unsubscribe.";
    private static final String ORIGIN = "https://api.example.org";
    private static final String SECRET = "s".repeat(32);
    private static final Duration LIFE = Duration.ofDays(30);

    private static UnsubscribeSettings writingTo(@Nullable String mailto) {
        return new UnsubscribeSettings(ORIGIN, SECRET, List.of(), LIFE, null, mailto);
    }

    private static void refused(
            String because, @Nullable String origin, @Nullable String secret, List<String> previous, Duration life) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnsubscribeSettings(origin, secret, previous, life, null, null))
                .withMessage(PREFIX + because);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.org",
                "https://api.example.org/",
                "https://api.example.org/path",
                "https://api.example.org?a=b",
                "https://api.example.org#a",
                "https://ada@api.example.org",
                "ftp://api.example.org",
                "api.example.org",
                "https://",
                "javascript:alert(1)"
            })
    void anOriginThatIsNotHttpsOrHasMoreThanAHostIsRefused(String origin) {
        refused(
                "origin must be https://host, without a path; http on this machine only",
                origin,
                SECRET,
                List.of(),
                LIFE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.org", "https://api.example.org:8443", "http://localhost:8080"})
    void anOriginMayHaveAPortAndBeThisMachine(String origin) {
        assertThat(new UnsubscribeSettings(origin, SECRET, List.of(), LIFE, null, null).isConfigured())
                .isTrue();
    }

    @Test
    void aSecretThatCanBeGuessedAndALinkThatEndsTooSoonAreRefused() {
        refused("secret must be at least 32 bytes", ORIGIN, "s".repeat(31), List.of(), LIFE);
        refused("previous-secrets must be at least 32 bytes each", ORIGIN, SECRET, List.of(SECRET, "old"), LIFE);
        refused("life must be at least 30 d", ORIGIN, SECRET, List.of(), LIFE.minusSeconds(1));
        refused("origin and secret must be set together or not at all", null, SECRET, List.of(), LIFE);
        refused("origin and secret must be set together or not at all", ORIGIN, " ", List.of(), LIFE);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, mailto: mail address has no local part before '@'",
        "stop@exa_mple.org, mailto: mail address has a domain that is not a valid host name",
        "größe@example.org, 'mailto must be an address in ASCII: not all mail programs can write to others'"
    })
    void anAddressThatNobodyCanWriteToIsRefusedByItsName(String mailto, String because) {
        assertThatIllegalArgumentException().isThrownBy(() -> writingTo(mailto)).withMessage(PREFIX + because);
    }

    /** RFC 6068, 2: what stands for something in a link is written as what it is. */
    @ParameterizedTest
    @CsvSource({
        "stop@example.org, mailto:stop@example.org?subject=unsubscribe",
        "stop+list-1_a.b@Example.org, mailto:stop%2Blist-1_a.b@example.org?subject=unsubscribe",
        "a?cc=b&c%d/e#f@bücher.example, mailto:a%3Fcc%3Db%26c%25d%2Fe%23f@xn--bcher-kva.example?subject=unsubscribe"
    })
    void anAddressIsEscapedInItsLink(String mailto, String link) {
        UnsubscribeLinks links = new UnsubscribeLinks(writingTo(mailto), delivery -> false, Clock.systemUTC());
        assertThat(links.mailto()).isEqualTo(link);
    }

    @Test
    void withoutAnAddressThereIsNoLinkToOne() {
        assertThat(new UnsubscribeLinks(writingTo(" "), delivery -> false, Clock.systemUTC()).mailto())
                .isNull();
    }
}
