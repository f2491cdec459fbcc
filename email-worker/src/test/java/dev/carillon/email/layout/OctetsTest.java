package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctetsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "plain|plain",
                "a=b|a=3Db",
                "ü|=C3=BC",
                "'end '|end=20",
                ".dot|=2Edot",
                "From x|=46rom x",
                "a.b|a.b",
            })
    void encodesWhatNeedsIt(String text, String encoded) {
        assertThat(encode(text)).isEqualTo(encoded + "\r\n");
    }

    @Test
    void makesEveryLineBreakTheSame() {
        assertThat(encode("a\nb\rc\r\nd\n\ne")).isEqualTo("a\r\nb\r\nc\r\nd\r\n\r\ne\r\n");
    }

    @Test
    void anyTextSurvivesInLinesOfAtMost76Octets() throws IOException {
        long seed = Long.getLong("carillon.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String text = random.ints(random.nextInt(400), 0, 12)
                    .mapToObj(kind -> switch (kind) {
                        case 0 -> "\n";
                        case 1 -> ".";
                        case 2 -> " ";
                        case 3 -> "=";
                        case 4 -> "ü";
                        case 5 -> "👋";
                        case 6 -> "F";
                        case 7 -> "\t";
                        default -> "word";
                    })
                    .reduce("", String::concat);
            String encoded = encode(text);

            assertThat(decode(encoded))
                    .as("seed %d", seed)
                    .isEqualTo(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
            assertThat(encoded.split("\r\n", -1))
                    .as("seed %d", seed)
                    .allMatch(line -> line.length() <= 76 && !line.startsWith(".") && !line.endsWith(" "));
        }
    }

    private static String encode(String text) {
        return new String(new Octets(8).quotedPrintable(text).toByteArray(), StandardCharsets.US_ASCII);
    }

    private static String decode(String encoded) throws IOException {
        var in = new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII));
        try (var decoded = MimeUtility.decode(in, "quoted-printable")) {
            return new String(decoded.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (jakarta.mail.MessagingException e) {
            throw new IOException(e);
        }
    }
}
