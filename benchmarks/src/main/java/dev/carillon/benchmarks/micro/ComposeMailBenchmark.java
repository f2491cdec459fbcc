package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A mail with its text and HTML parts; the floor encodes the same text, ready-made. */
@State(Scope.Benchmark)
public class ComposeMailBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final MailComposer composer = new MailComposer(
            SenderSettings.of("carillon@example.org", "Carillon", null, null),
            LayoutSettings.of("Carillon", "https://example.org", "en", null),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final Delivery delivery = Samples.delivery(Channel.EMAIL, "1", "ada", NOW, 1);
    private final MailAddress ada = MailAddress.parse("ada@example.org");
    private final String text = new String(composer.compose(delivery, ada), StandardCharsets.UTF_8);

    @Benchmark
    public byte[] ours() {
        return composer.compose(delivery, ada);
    }

    @Benchmark
    public byte[] floor() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
