package dev.carillon.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.startup.ConfigurationAliases;
import dev.carillon.push.webpush.VapidKeyPair;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class VapidKeysTest {
    @Test
    void printsAPairThatBelongsTogetherUnderNamesThatServicesRead() throws IOException {
        Properties lines = new Properties();
        lines.load(new StringReader(VapidKeys.text(VapidKeyPair.generate())));

        VapidKeyPair read = VapidKeyPair.parse(
                lines.getProperty("VAPID_PUBLIC_KEY", ""), lines.getProperty("VAPID_PRIVATE_KEY", ""));
        assertThat(read.publicKey()).isEqualTo(lines.getProperty("VAPID_PUBLIC_KEY"));
        assertThat(lines.stringPropertyNames())
                .hasSize(3)
                .isSubsetOf(ConfigurationAliases.all().keySet());
    }
}
