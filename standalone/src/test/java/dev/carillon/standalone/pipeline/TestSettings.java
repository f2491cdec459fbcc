package dev.carillon.standalone.pipeline;

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
}
