package dev.carillon.email.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.event.Attachment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invoice.pdf | invoice.pdf",
                "../../etc/passwd | passwd",
                "C:\\Users\\ada\\plan.docx | plan.docx",
                ".htaccess | htaccess",
                "... | attachment",
                "/ | attachment",
                "Rechnung März 2026.pdf | Rechnung März 2026.pdf",
                "a\"b<c>:d?*.txt | abcd.txt",
            })
    void aNameIsTheLastPartOfAPathAndHarmless(String given, String name) {
        assertThat(MailFile.name(given)).isEqualTo(name);
    }

    @Test
    void aNameHasNoControlsAndDoesNotTurnItsDirection() {
        assertThat(MailFile.name("a\r\nBcc: eve@example.org.pdf")).isEqualTo("aBcc eve@example.org.pdf");
        assertThat(MailFile.name("invoice\u202Efdp.exe")).isEqualTo("invoicefdp.exe");
    }

    @Test
    void aLongNameKeepsItsEnding() {
        assertThat(MailFile.name("a".repeat(200) + ".pdf")).isEqualTo("a".repeat(96) + ".pdf");
        // Four octets each, and 240 of them at most.
        assertThat(MailFile.name("\ud83d\ude00".repeat(96) + ".pdf")).isEqualTo("\ud83d\ude00".repeat(59) + ".pdf");
    }

    @ParameterizedTest
    @CsvSource({
        "a.pdf, application/pdf, text/html, application/pdf",
        "a.pdf, , text/html; charset=utf-8, text/html",
        "a.pdf, , , application/pdf",
        "a.strange, , , application/octet-stream",
        "a.png, 'image/png\r\nX: y', , image/png",
        "a.eml, message/rfc822, multipart/mixed, application/octet-stream"
    })
    void aTypeIsTheEventsOrTheServersOrTheNames(
            String name, @Nullable String own, @Nullable String served, String type) {
        assertThat(file(name, own, served, false).type()).isEqualTo(type);
    }

    @Test
    void onlyAPictureIsShownInTheMail() {
        assertThat(file("a.png", "image/png", null, true).inline()).isTrue();
        assertThat(file("a.png", null, "text/html", true).inline()).isFalse();
    }

    private static MailFile file(String name, @Nullable String own, @Nullable String served, boolean inline) {
        return MailFile.of(new Attachment(name, own, null, "eA==", inline), new byte[1], served);
    }
}
