package dev.carillon.standalone.pipeline;

import dev.carillon.push.webpush.VapidKeyPair;
import java.util.ArrayList;
import java.util.List;

/** What every form of the pipeline is told under test. */
final class TestSettings {
    private TestSettings() {}

    /** Mails go to {@code smtpPort}, pushes may go to the loopback, and clocks can be moved. */
    static List<String> of(int smtpPort) {
        return List.of(
                "--carillon.ingest.bootstrap-key=" + RunningCarillon.API_KEY,
                "--carillon.auth.jwt-secret=" + RunningCarillon.JWT_SECRET,
                "--carillon.clock.test-secret=" + RunningCarillon.CLOCK_SECRET,
                "--carillon.email.smtp.host=127.0.0.1",
                "--carillon.email.smtp.port=" + smtpPort,
                "--carillon.email.smtp.security=none",
                "--carillon.email.from=carillon@example.org",
                "--carillon.push.endpoint.allow-insecure=true",
                "--carillon.topics.partitions=3");
    }

    /** The same with a key pair for push, which only the quick start makes by itself. */
    static List<String> withPush(int smtpPort) {
        VapidKeyPair vapid = VapidKeyPair.generate();
        List<String> settings = new ArrayList<>(of(smtpPort));
        settings.add("--carillon.push.vapid.public-key=" + vapid.publicKey());
        settings.add("--carillon.push.vapid.private-key=" + vapid.privateKeyText());
        settings.add("--carillon.push.vapid.subject=mailto:ops@example.org");
        return settings;
    }
}
