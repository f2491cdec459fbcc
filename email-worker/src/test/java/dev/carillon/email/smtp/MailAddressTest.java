package dev.carillon.email.smtp;

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
        "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v"
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
                "ada,bob@example.org"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse(text))
                .withMessageStartingWith("mail address has");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse("a".repeat(65) + "@example.org"))
                .withMessageContaining("64 octets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse("ada@" + "abcdefghi.".repeat(26) + "org"));
        assertThat(MailAddress.parse("a".repeat(64) + "@example.org").localPart())
                .hasSize(64);
    }

    @Test
    void knowsWhatNeedsSmtpUtf8() {
        assertThat(MailAddress.parse("ådá@example.org").needsSmtpUtf8()).isTrue();
        assertThat(MailAddress.parse("ada@bücher.example").needsSmtpUtf8()).isFalse();
    }
}
