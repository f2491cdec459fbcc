package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class VapidKeyPairTest {

    @RepeatedTest(20)
    void readsWhatItWrote() {
        VapidKeyPair made = VapidKeyPair.generate();

        VapidKeyPair read = VapidKeyPair.parse(made.publicKey(), made.privateKeyText());

        assertThat(Base64.getUrlDecoder().decode(made.privateKeyText())).hasSize(32);
        assertThat(read.publicKey()).isEqualTo(made.publicKey());
        assertThat(read.privateKeyText()).isEqualTo(made.privateKeyText());
    }

    @Test
    void refusesHalvesOfTwoPairs() {
        String stranger = VapidKeyPair.generate().privateKeyText();

        assertThatThrownBy(() -> VapidKeyPair.parse(VapidKeyPair.generate().publicKey(), stranger))
                .hasMessage("private-key does not belong to the public key");
    }

    @Test
    void namesTheKeyThatIsWrong() {
        VapidKeyPair pair = VapidKeyPair.generate();

        assertThatThrownBy(() -> VapidKeyPair.parse("AAAA", pair.privateKeyText()))
                .hasMessageStartingWith("public-key must be");
        assertThatThrownBy(() -> VapidKeyPair.parse(pair.publicKey(), "AAAA"))
                .hasMessageStartingWith("private-key must be");
        assertThatThrownBy(() -> VapidKeyPair.parse(pair.publicKey(), "A".repeat(43)))
                .hasMessageStartingWith("private-key must be");
    }

    @Test
    void keepsThePrivateKeyOutOfItsText() {
        VapidKeyPair pair = VapidKeyPair.generate();

        assertThat(pair.toString()).contains(pair.publicKey()).doesNotContain(pair.privateKeyText());
    }

    @Test
    void subjectIsAMailOrWebAddress() {
        assertThat(new VapidSubject("ops@example.org").uri()).isEqualTo("mailto:ops@example.org");
        assertThat(new VapidSubject("https://example.org/contact").uri()).isEqualTo("https://example.org/contact");
        assertThatThrownBy(() -> new VapidSubject("ops")).hasMessageStartingWith("subject must be");
        assertThatThrownBy(() -> new VapidSubject("http://example.org")).hasMessageStartingWith("subject must be");
    }
}
