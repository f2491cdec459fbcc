package dev.carillon.ingest.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "ada.love+list@sub.example.org",
                "ada@localhost",
                "o'neil@example.org",
                "jürgen@bücher.example",
                "a@1.example"
            })
    void takes(String address) {
        assertThat(EmailAddress.isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada@",
                "@example.org",
                "ada@@example.org",
                "ada @example.org",
                "ada@example..org",
                ".ada@example.org",
                "ada.@example.org",
                "ada@-example.org",
                "ada@example.org\r\nBcc: bob@example.org",
                "Ada <ada@example.org>",
                "ada@example.org,bob@example.org",
                "ada@[127.0.0.1]"
            })
    void refuses(String address) {
        assertThat(EmailAddress.isValid(address)).isFalse();
    }

    @Test
    void keepsToTheLimitsOfTheStandard() {
        String domain = "x".repeat(60) + "." + "y".repeat(60) + "." + "z".repeat(60);
        assertThat(EmailAddress.isValid("a".repeat(64) + "@example.org")).isTrue();
        assertThat(EmailAddress.isValid("a".repeat(65) + "@example.org")).isFalse();
        assertThat(EmailAddress.isValid("a".repeat(64) + "@" + domain)).isTrue();
        assertThat(EmailAddress.isValid("a".repeat(64) + "@" + domain + ".abcdefg"))
                .isFalse();
    }

    @Test
    void answersQuicklyWhateverItIsGiven() {
        assertThat(EmailAddress.isValid("a.".repeat(126) + "@")).isFalse();
        assertThat(EmailAddress.isValid("a@" + "a-".repeat(125))).isFalse();
    }
}
