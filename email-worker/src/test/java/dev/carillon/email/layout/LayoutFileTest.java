package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.mail.MailAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutFileTest {
    @TempDir
    private Path directory;

    private MailComposer composer(@Nullable Path layout) {
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
        "frame.html, '<html></html>', 'has no {{{content}}}'",
        "frame.html, '<html>{{content}}</html>', 'has no {{{content}}}'",
        "frame.html, '{{#logo}}{{{content}}}{{/logo}}', 'has no {{{content}}}, or not in every mail'",
        "frame.txt, '{{product}}', 'has no {{{content}}}'",
        "frame.html, '{{{content}}}\n<p> {{title}}', 'line 2, column 5: there is no variable title here'",
        "single.html, '{{#groups}}{{#topics}}\n"
                + "{{label}}{{/topics}}{{/groups}}', 'line 2, column 1: there is no variable'",
        "digest.txt, '{{#groups}}{{#topics}}{{^url}}\n {{colour}}{{/url}}{{/topics}}{{/groups}}', 'line 2, column 2:'",
        "single.html, 'a\n {{{headline}}}', 'line 2, column 2: {{{ and {{& are not available'",
        "digest.html, '{{#groups}}{{&name}}{{/groups}}', 'line 1, column 12: {{{ and {{& are not available'",
        "frame.html, '{{& content }} {{&subject}}', 'line 1, column 16: {{{ and {{& are not available'"
    })
    void aBrokenFileIsRefusedWithItsPlace(String name, String text, String why) throws IOException {
        Files.writeString(directory.resolve(name), text);

        assertThatThrownBy(() -> composer(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("carillon.email.layout.directory: " + directory.resolve(name))
                .hasMessageContaining(why);
    }

    @Test
    void theBuiltInLayoutShowsTheLogoAndThePostalAddress() {
        MailComposer.Parts parts = composer(null)
                .parts(Deliveries.single(
                        Deliveries.address("ada@example.org", null, null), Deliveries.content("Hello", "body", null)));

        assertThat(parts.html())
                .contains("<img src=\"https://cdn.test/l.png\" alt=\"Example\"", "<br><br>1 Main Street</td>")
                .doesNotContain(";background:#102030\"></span>");
        assertThat(parts.text()).contains("\nExample\n").contains("\n1 Main Street\n");
    }

    @Test
    void theNameOfTheDirectorySaysNothingOfItsFiles() throws IOException {
        Path named = Files.createDirectory(directory.resolve("frame.d"));
        Files.writeString(named.resolve("single.html"), "<i>{{headline}}</i>");

        assertThat(mail(named)).contains("<i>Hello &lt;b&gt;</i>");
    }

    @Test
    void aTextIsNoMarkupAndMaySayEverythingAsItIs() throws IOException {
        Files.writeString(directory.resolve("frame.txt"), "{{content}} {{{product}}}");

        assertThat(mail(directory)).contains("Hello <b>\r\n\r\nbody").contains("Example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"singel.html", "Frame.html", "digest.htm", "logo.png"})
    void aFileUnderANameThatIsNoneIsRefused(String name) throws IOException {
        Files.writeString(directory.resolve(name), "anything");

        assertThatThrownBy(() -> composer(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("carillon.email.layout.directory: " + directory.resolve(name)
                        + ": is none of the layout's files, which are [digest.html, digest.txt, frame.html, frame.txt,"
                        + " single.html, single.txt]");
    }

    @Test
    void whatASystemPutsThereIsLeftAlone() throws IOException {
        Files.writeString(directory.resolve(".DS_Store"), "anything");
        Files.createDirectory(directory.resolve("..2026_11_20"));
        assertThat(mail(directory)).contains("Hello");
    }

    @Test
    void aMissingDirectoryOrABinaryFileIsRefused() throws IOException {
        assertThatThrownBy(() -> composer(directory.resolve("nowhere"))).hasMessageContaining("nowhere");
        Files.write(directory.resolve("frame.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> composer(directory)).hasMessageContaining("frame.txt: is not UTF-8 text");
    }
}
