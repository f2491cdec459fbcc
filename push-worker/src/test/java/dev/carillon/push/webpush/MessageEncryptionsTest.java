package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.webpush.PushDevice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageEncryptionsTest {

    @ParameterizedTest
    @EnumSource(
            value = EncryptionChoice.class,
            names = {"AUTO", "BOUNCYCASTLE", "JDK", "WEBPUSH_JAVA"})
    void everyChoiceWritesWhatABrowserReads(EncryptionChoice choice) {
        PushDevice device = new PushDevice("https://push.example/1");

        byte[] message = MessageEncryptions.choose(choice)
                .encrypt(
                        "Grüße".getBytes(StandardCharsets.UTF_8), SubscriberKeys.parse(device.p256dh(), device.auth()));

        assertThat(device.read(message)).isEqualTo("Grüße");
    }

    @Test
    void choosesTheNativeProviderWhereItHasABuild() {
        boolean built = System.getProperty("os.name").equals("Linux")
                && (System.getProperty("os.arch").equals("amd64")
                        || System.getProperty("os.arch").equals("aarch64"));

        assertThat(MessageEncryptions.choose(EncryptionChoice.AUTO).name())
                .isEqualTo(built ? "corretto" : "bouncycastle");
    }
}
