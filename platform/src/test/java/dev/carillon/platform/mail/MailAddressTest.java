package dev.carillon.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "ada.lovelace+news@Mail.Example.org, ada.lovelace+news@mail.example.org",
        "o'hara@example.org, o'hara@example.org",
        "ada@localhost, ada@localhost",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v",
        "संपर्क@डेटामेल.भारत, संपर्क@xn--c2bd4bq2d9bd.xn--h2brj9c",
        "straße@example.org, straße@example.org",
        "ada@xn--fa-hia.de, ada@xn--fa-hia.de",
        "jürgen@bücher.example, jürgen@xn--bcher-kva.example",
        "a@1.example, a@1.example"
    })
    void readsWhatMailCanBeSentTo(String text, String address) {
        assertThat(MailAddress.parse(text)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "ada lovelace@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "ada@-example.org",
                "ada@exa_mple.org",
                "ada@example..org",
                "ada@[127.0.0.1]",
                "\"ada\"@example.org",
                "Ada <ada@example.org>",
                "ada@example.org>",
                "ada@example.org\r\nRCPT TO:<bob@example.org>",
                "ada\r\n@example.org",
                "ada\u0000@example.org",
                "ada\u2028@example.org",
                "ada,bob@example.org",
                "ada@exam\u00adple.org",
                "ada@example\u3002org"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse(text))
                .withMessageStartingWith("mail address has");
    }

    /** The older standard makes {@code fass.de} of the first, which is somebody else's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ada@faß.de", "ada@FAẞ.de", "ada@βόλος.example", "ada@a\u200db.example", "ada@a\u200cb.example"})
    void refusesADomainThatIsReadInTwoWays(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse(text))
                .withMessage("mail address has a domain with ß, ς or a joiner, which some read as another domain:"
                        + " give its form in ASCII, xn--…");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse("a".repeat(65) + "@example.org"))
                .withMessageContaining("64 octets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse("ada@" + "abcdefghi.".repeat(26) + "org"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse("ü".repeat(40) + "@example.org"))
                .withMessageContaining("64 octets");
        assertThatIllegalArgumentException().isThrownBy(() -> MailAddress.parse("ada@" + "ü".repeat(63) + ".org"));
        assertThat(MailAddress.parse("ü".repeat(32) + "@example.org").localPart())
                .hasSize(32);
        assertThat(MailAddress.parse("a".repeat(64) + "@example.org").localPart())
                .hasSize(64);
    }

    @Test
    void knowsWhatNeedsSmtpUtf8() {
        assertThat(MailAddress.parse("ådá@example.org").needsSmtpUtf8()).isTrue();
        assertThat(MailAddress.parse("ada@bücher.example").needsSmtpUtf8()).isFalse();
    }
}
