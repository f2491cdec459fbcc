package dev.carillon.ingest.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationReaderTest {

    private static Registration read(String email) {
        String body = "{\"email\":\"" + email + "\"}";
        return RegistrationReader.read(StrictJson.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static FieldError refused(String email) {
        return catchThrowableOfType(ProblemException.class, () -> read(email))
                .errors()
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "jürgen@bücher.example", "संपर्क@डेटामेल.भारत", "ada@xn--fa-hia.de"})
    void keepsAnAddressAsItIsGiven(String email) {
        assertThat(read(email).email()).isEqualTo(email);
    }

    /** What a worker could only throw away later. */
    @Test
    void refusesAnAddressThatNoMailCanGoTo() {
        assertThat(refused("ada"))
                .isEqualTo(new FieldError(
                        "email",
                        "format",
                        "must be an e-mail address, like ada@example.org; this mail address has no local part"
                                + " before '@'"));
        assertThat(refused("ü".repeat(40) + "@example.org").message()).endsWith("a local part longer than 64 octets");
        assertThat(refused("ada@" + "ü".repeat(63) + ".org").message()).endsWith("not a valid host name");
        assertThat(refused("ada@faß.de").message()).contains("ß, ς or a joiner", "xn--");
        assertThat(refused("a\u200d@ex\u200dample.org").message()).contains("joiner");
    }
}
