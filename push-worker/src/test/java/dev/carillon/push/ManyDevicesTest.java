package dev.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.TestPushService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand recipients at four push services, of which one stalls, every tenth with a device that is no more. */
@ExtendWith(InfrastructureExtension.class)
class ManyDevicesTest {
    private static final int RECIPIENTS = 1_000;
    private static final int SERVICES = 4;
    private static final String TIMEOUT = "9s";
    /** Below that: who waited for the stalled service waited longer. */
    private static final Duration MOST = Duration.ofSeconds(6);

    private final Map<String, PushDevice> devices = new HashMap<>();

    @Test
    void deadDevicesAndAStalledPushServiceDoNotDelayTheOthers(TestDatabase database) throws Exception {
        try (PushPipeline pipeline = PushPipeline.start(database, Map.of("carillon.push.http.timeout", TIMEOUT));
                Services services = new Services(pipeline)) {
            subscribe(pipeline, services);
            Predicate<String> others = recipient -> number(recipient) % SERVICES != 0;
            Duration before = p99(pipeline, deliver(pipeline, "healthy"), others);
            services.all().getFirst().otherwise(path -> new PushReply.Stall());
            devices.forEach((recipient, device) -> {
                if (number(recipient) % 10 == 1) {
                    services.of(recipient).script(device, PushReply.status(410));
                }
            });

            Map<NotificationId, Delivery> sent = deliver(pipeline, "troubled");
            Duration during = p99(pipeline, sent, others);

            System.out.printf(
                    "p99 of the others: %d ms before, %d ms beside the stalled one%n",
                    before.toMillis(), during.toMillis());
            assertThat(during).isLessThan(before.plus(MOST));
            assertThat(outcomes(pipeline, sent, others).stream()
                            .filter(outcome -> outcome.channels().getFirst().reason() == Reason.ADDRESS_GONE))
                    .hasSize(RECIPIENTS / 10);
        }
    }

    private static int number(String recipient) {
        return Integer.parseInt(recipient.substring(recipient.indexOf('-') + 1));
    }

    private void subscribe(PushPipeline pipeline, Services services) throws Exception {
        for (int i = 0; i < RECIPIENTS; i++) {
            String recipient = "many-" + i;
            devices.put(recipient, services.of(recipient).sink());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            devices.forEach(
                    (recipient, device) -> all.add(threads.submit(() -> pipeline.subscribe(recipient, device))));
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private Map<NotificationId, Delivery> deliver(PushPipeline pipeline, String id) {
        List<Delivery> deliveries = devices.keySet().stream()
                .map(recipient -> PushPipeline.delivery(recipient, id, Labels.none(), Content.of(id, null)))
                .toList();
        pipeline.deliverAll(deliveries);
        return deliveries.stream()
                .collect(Collectors.toMap(delivery -> delivery.notification().id(), one -> one));
    }

    private static List<NotificationOutcome> outcomes(
            PushPipeline pipeline, Map<NotificationId, Delivery> sent, Predicate<String> whose) {
        return pipeline.outcomes(sent.values().stream()
                .filter(delivery -> whose.test(delivery.recipient().value()))
                .map(delivery -> delivery.notification().id())
                .collect(Collectors.toSet()));
    }

    /** From the first of them being made to the end of the slowest but one percent. */
    private static Duration p99(PushPipeline pipeline, Map<NotificationId, Delivery> sent, Predicate<String> whose) {
        Instant first = sent.values().stream()
                .map(delivery -> delivery.notification().createdAt())
                .min(Instant::compareTo)
                .orElseThrow();
        List<NotificationOutcome> outcomes = outcomes(pipeline, sent, whose);
        assertThat(outcomes).noneMatch(outcome -> outcome.channels().getFirst().state() == OutcomeState.RETRYING);
        List<Duration> sorted = outcomes.stream()
                .map(outcome -> Duration.between(first, outcome.at()))
                .sorted()
                .toList();
        return sorted.get(sorted.size() * 99 / 100);
    }

    private record Services(List<TestPushService> all) implements AutoCloseable {
        Services(PushPipeline pipeline) {
            this(Stream.generate(() -> TestPushService.plain(pipeline.clock()))
                    .limit(SERVICES)
                    .toList());
        }

        TestPushService of(String recipient) {
            return all.get(number(recipient) % SERVICES);
        }

        @Override
        public void close() {
            all.forEach(TestPushService::close);
        }
    }
}
