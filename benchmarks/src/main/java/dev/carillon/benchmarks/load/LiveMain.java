package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Keeps many people connected and tells them things through {@code inapp.live}: first as fast as possible, then at a fixed
 * rate. Every connection of a person gets what the person is told.
 */
public final class LiveMain {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Arguments arguments;
    private final SseReaders readers;
    private final Producer<byte[], byte[]> producer;
    private final int people;
    private final int connectionsEach;
    private long number;

    private LiveMain(Arguments arguments, SseReaders readers, Producer<byte[], byte[]> producer) {
        this.arguments = arguments;
        this.readers = readers;
        this.producer = producer;
        this.people = arguments.number("people");
        this.connectionsEach = arguments.number("connections") / people;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(args);
        URI stream = URI.create(arguments.text("stream"));
        try (SseReaders readers =
                        Watchers.connect(stream, arguments.number("connections"), arguments.number("people"));
                Producer<byte[], byte[]> producer = ProduceMain.producer(arguments)) {
            LiveMain main = new LiveMain(arguments, readers, producer);
            main.burst(arguments.number("burst") / 2);
            Reporting.measuring();
            double perSecond = main.burst(arguments.number("burst"));
            long deliveries = readers.received();
            readers.reset();
            main.calm(arguments.number("rate"), arguments.number("seconds"));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("count", deliveries + readers.received());
            result.put("burst", perSecond);
            result.put("disconnected", readers.closed());
            result.put("screen", readers.latencies().toMap());
            Reporting.result(result);
        }
    }

    /** Returns the deliveries per second, from the first sending to the last arrival. */
    private double burst(int messages) throws InterruptedException {
        readers.reset();
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            send(MachineTime.micros());
        }
        producer.flush();
        await((long) messages * connectionsEach);
        return readers.received() * 1e9 / (readers.lastNanos() - start);
    }

    private void calm(int rate, int seconds) throws InterruptedException {
        OpenLoop loop = new OpenLoop(rate, System.nanoTime(), seconds * 1_000_000_000L);
        long sent = 0;
        for (long intended = loop.await(); intended >= 0; intended = loop.await()) {
            send(MachineTime.microsAt(intended));
            sent++;
        }
        producer.flush();
        await(sent * connectionsEach);
    }

    private void await(long deliveries) throws InterruptedException {
        long received = readers.awaitReceived(deliveries, PATIENCE);
        if (received < deliveries) {
            throw new IllegalStateException("only " + received + " of " + deliveries + " came, " + readers.closed()
                    + " connections were closed");
        }
    }

    private void send(long micros) {
        long n = number++;
        RecipientId recipient = new RecipientId("r" + n % people);
        NotificationId id = NotificationId.of(EventUid.of("live", Long.toString(n)), recipient);
        LiveMessage message = new LiveMessage(
                "notification",
                id,
                new Rev(MachineClock.now(), n),
                Json.mapper().readTree(Samples.posted(id.toString(), recipient.value(), micros)));
        int partition = Partitions.of(recipient, arguments.number("partitions"));
        var _ = producer.send(new ProducerRecord<>(
                arguments.text("topic"), partition, Samples.key(recipient.value()), Json.write(message)));
    }
}
