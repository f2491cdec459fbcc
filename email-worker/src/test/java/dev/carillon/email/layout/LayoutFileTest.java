package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.email.smtp.MailAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutFileTest {
    @TempDir
    private Path directory;

    private MailComposer composer(Path layout) {
        return new MailComposer(
                SenderSettings.of("no-reply@carillon.test", "Carillon", null, null),
                new LayoutSettings(
                        "Example", null, "en", null, "1 Main Street", "https://cdn.test/l.png", "#102030", layout),
                Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));
    }

    private String mail(Path layout) {
        return new String(
                        composer(layout)
                                .compose(
                                        Deliveries.single(
                                                Deliveries.address("ada@example.org", null, null),
                                                Deliveries.content("Hello <b>", "body", null)),
                                        MailAddress.parse("ada@example.org")),
                        StandardCharsets.UTF_8)
                .replace("=\r\n", "");
    }

    @Test
    void aFileOfTheOperatorTakesThePlaceOfOurs() throws IOException {
        Files.writeString(
                directory.resolve("frame.html"), "<html>{{address}} {{logo}} {{accent}} {{{content}}}</html>");
        Files.writeString(directory.resolve("single.html"), "<i>{{headline}}</i>");

        assertThat(mail(directory))
                .contains("<html>1 Main Street https://cdn.test/l.png #102030 <i>Hello &lt;b&gt;</i></html>")
                .contains("Hello <b>\r\n\r\nbody");
    }

    @ParameterizedTest
    @CsvSource({
        "single.html, '<p>\n  {{#entries}}', 'line 2, column 3: section entries is opened but not closed'",
        "digest.txt, '{{>other}}', 'line 1, column 1: partials are not available'",
        "digest.html, 'a\nbc {{headlin}}', 'line 2, column 4: there is no variable headlin'",
        "frame.html, '<html></html>', 'has no {{{content}}}'"
    })
    void aBrokenFileIsRefusedWithItsPlace(String name, String text, String why) throws IOException {
        Files.writeString(directory.resolve(name), text);

        assertThatThrownBy(() -> composer(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("carillon.email.layout.directory: " + directory.resolve(name))
                .hasMessageContaining(why);
    }

    @Test
    void aMissingDirectoryOrABinaryFileIsRefused() throws IOException {
        assertThatThrownBy(() -> composer(directory.resolve("nowhere"))).hasMessageContaining("nowhere");
        Files.write(directory.resolve("frame.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> composer(directory)).hasMessageContaining("frame.txt: is not UTF-8 text");
    }
}
