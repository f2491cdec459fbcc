package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SubscriberKeysTest {
    private static final byte[] POINT = Rfc8291Example.decode(Rfc8291Example.RECEIVER_PUBLIC);

    @Test
    void readsBase64urlWithAndWithoutPaddingAndTheStandardAlphabet() {
        String padded = Base64.getEncoder().encodeToString(POINT);

        SubscriberKeys keys = SubscriberKeys.parse(padded, Rfc8291Example.AUTH + "==");

        assertThat(keys.p256dhText()).isEqualTo(Rfc8291Example.RECEIVER_PUBLIC);
        assertThat(keys.authText()).isEqualTo(Rfc8291Example.AUTH);
    }

    @Test
    void refusesAPointBesideTheCurve() {
        byte[] beside = POINT.clone();
        beside[64] ^= 1;

        assertThatThrownBy(() -> new SubscriberKeys(beside, new byte[16]))
                .isInstanceOf(InvalidKeyMaterial.class)
                .hasMessageStartingWith("p256dh must be");
    }

    @Test
    void refusesAPointWhoseCoordinateIsNotReduced() {
        byte[] huge = new byte[65];
        Arrays.fill(huge, (byte) 0xff);
        huge[0] = 4;

        assertThatThrownBy(() -> new SubscriberKeys(huge, new byte[16])).isInstanceOf(InvalidKeyMaterial.class);
    }

    @Test
    void refusesOtherLengthsAndOtherText() {
        assertThatThrownBy(() -> new SubscriberKeys(POINT, new byte[15])).hasMessage("auth must be 16 bytes, not 15");
        assertThatThrownBy(() -> new SubscriberKeys(new byte[64], new byte[16])).hasMessageStartingWith("p256dh");
        assertThatThrownBy(() -> SubscriberKeys.parse("not base64!", Rfc8291Example.AUTH))
                .hasMessageStartingWith("p256dh must be base64url");
        assertThatThrownBy(() -> SubscriberKeys.parse(Rfc8291Example.RECEIVER_PUBLIC, "A".repeat(600)))
                .hasMessageStartingWith("auth must be base64url of at most");
    }

    @Test
    void keepsTheSecretOutOfItsText() {
        assertThat(SubscriberKeys.parse(Rfc8291Example.RECEIVER_PUBLIC, Rfc8291Example.AUTH)
                        .toString())
                .doesNotContain(Rfc8291Example.AUTH);
    }
}
