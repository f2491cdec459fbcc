package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.testsupport.webpush.PushDevice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Aes128GcmTest {

    /** All providers; one that has no build for this platform is skipped with its reason. */
    static Stream<Supplier<CryptoProviders>> providers() {
        return Stream.of(
                CryptoProviders::jdk,
                CryptoProviders::bouncycastle,
                CryptoProviders::conscrypt,
                CryptoProviders::corretto);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void reproducesTheExampleOfRfc8291ByteForByte(Supplier<CryptoProviders> provider) throws GeneralSecurityException {
        CryptoProviders providers = available(provider);

        byte[] message = new Aes128Gcm(providers)
                .encrypt(
                        Rfc8291Example.PLAINTEXT.getBytes(StandardCharsets.US_ASCII),
                        SubscriberKeys.parse(Rfc8291Example.RECEIVER_PUBLIC, Rfc8291Example.AUTH),
                        Rfc8291Example.sender(providers),
                        Rfc8291Example.decode(Rfc8291Example.SALT));

        assertThat(message).isEqualTo(Rfc8291Example.decode(Rfc8291Example.MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void webPushJavaReadsWhatWeEncrypt(Supplier<CryptoProviders> provider) {
        Aes128Gcm encryption = new Aes128Gcm(available(provider));
        PushDevice device = new PushDevice("https://push.example/1");
        for (int length : new int[] {0, 1, 230, MessageEncryption.MAX_PLAINTEXT_BYTES}) {
            byte[] plaintext = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);

            byte[] message = encryption.encrypt(plaintext, keys(device));

            assertThat(device.decrypt(message)).isEqualTo(plaintext);
            assertThat(message.length).isEqualTo(length + 103).isLessThanOrEqualTo(4_096);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void usesANewKeyAndSaltForEveryMessage(Supplier<CryptoProviders> provider) {
        Aes128Gcm encryption = new Aes128Gcm(available(provider));
        PushDevice device = new PushDevice("https://push.example/1");
        byte[] plaintext = {1, 2, 3};

        byte[] first = encryption.encrypt(plaintext, keys(device));
        byte[] second = encryption.encrypt(plaintext, keys(device));

        assertThat(Arrays.copyOf(first, 16)).isNotEqualTo(Arrays.copyOf(second, 16));
        assertThat(Arrays.copyOfRange(first, 21, 86)).isNotEqualTo(Arrays.copyOfRange(second, 21, 86));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refusesWhatDoesNotFitIntoOneRecord(Supplier<CryptoProviders> provider) {
        Aes128Gcm encryption = new Aes128Gcm(available(provider));

        assertThatThrownBy(() -> encryption.encrypt(new byte[3_994], keys(new PushDevice("https://push.example/1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3993");
    }

    private static SubscriberKeys keys(PushDevice device) {
        return SubscriberKeys.parse(device.p256dh(), device.auth());
    }

    private static CryptoProviders available(Supplier<CryptoProviders> provider) {
        try {
            return provider.get();
        } catch (UnavailableProvider e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }
}
