package dev.carillon.push;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import dev.carillon.testsupport.webpush.PushDevice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The push service on a real broker and database, with what stands around it: upstream, end users, and readers. */
final class PushPipeline implements AutoCloseable {
    static final VapidKeyPair VAPID = VapidKeyPair.generate();
    static final Duration WAIT = Duration.ofMinutes(2);

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final ConfigurableApplicationContext context;
    private final Topics topics;
    private final EndUserTokens tokens;

    private PushPipeline(Map<String, Object> settings) {
        SpringApplication application = CarillonService.application(PushWorkerApplication.class, 0);
        application.setRegisterShutdownHook(false);
        context = application.run(settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
        topics = context.getBean(Topics.class);
        tokens = new EndUserTokens(SECRET, "carillon", context.getBean(PipelineClock.class));
    }

    /** Started with a key pair, and with tiers so long that only the clock of the test makes them due. */
    static PushPipeline start(TestDatabase database, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(database.springProperties());
        settings.put("spring.kafka.bootstrap-servers", TestInfrastructure.bootstrapServers());
        settings.put("server.port", 0);
        settings.put("carillon.topics.prefix", TestInfrastructure.freshTopicPrefix());
        settings.put("carillon.topics.partitions", 3);
        settings.put("carillon.topics.retry-tiers", "10m,30m");
        settings.put("carillon.auth.jwt-secret", SECRET);
        settings.put("carillon.push.vapid.public-key", VAPID.publicKey());
        settings.put("carillon.push.vapid.private-key", VAPID.privateKeyText());
        settings.put("carillon.push.vapid.subject", "ops@example.org");
        settings.put("carillon.push.endpoint.allow-insecure", true);
        settings.put("carillon.push.http.timeout", "5s");
        settings.putAll(more);
        return new PushPipeline(settings);
    }

    /** The service's own, which {@link #advance} moves. */
    Clock clock() {
        return context.getBean(PipelineClock.class);
    }

    void advance(Duration by) {
        context.getBean(PipelineClock.class).advance(by);
    }

    HttpResponse<String> call(String recipient, String method, String path, @Nullable String json) {
        return exchange(HttpRequest.newBuilder(uri("/api/v1/push/" + path))
                .header("Authorization", "Bearer " + tokens.issue(new RecipientId(recipient), Duration.ofHours(1)))
                .header("Content-Type", "application/json")
                .method(method, body(json))
                .build());
    }

    HttpResponse<String> callWithoutToken(String method, String path, @Nullable String json) {
        return exchange(HttpRequest.newBuilder(uri("/api/v1/push/" + path))
                .header("Content-Type", "application/json")
                .method(method, body(json))
                .build());
    }

    private static HttpRequest.BodyPublisher body(@Nullable String json) {
        return json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
    }

    int readiness() {
        return exchange(HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                        .build())
                .statusCode();
    }

    private URI uri(String path) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subscribes the device; fails unless that is answered 201 or 200. */
    void subscribe(String recipient, PushDevice device) {
        HttpResponse<String> answer = call(recipient, "POST", "subscribe", device.subscriptionJson());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** The notification {@code id} for this recipient, as the router sends it. */
    Delivery deliver(String recipient, String id) {
        return deliver(delivery(recipient, id, Labels.none(), Content.of("Title " + id, "Body " + id)));
    }

    Delivery deliver(Delivery delivery) {
        send(delivery.recipient(), Json.write(delivery));
        return delivery;
    }

    /** All at once, as fast as the broker takes them. */
    void deliverAll(List<Delivery> deliveries) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Delivery delivery : deliveries) {
                var _ = producer.send(new ProducerRecord<>(
                        topics.deliveries(Channel.PUSH).name(),
                        Partitions.of(delivery.recipient(), topics.settings().partitions()),
                        delivery.recipient().value().getBytes(StandardCharsets.UTF_8),
                        Json.write(delivery)));
            }
        }
    }

    /** Any bytes on the topic of deliveries. */
    void send(RecipientId recipient, byte[] value) {
        probe.send(
                topics.deliveries(Channel.PUSH).name(),
                Partitions.of(recipient, topics.settings().partitions()),
                recipient.value(),
                value);
    }

    static Delivery delivery(String recipient, String id, Labels labels, Content content) {
        RecipientId to = new RecipientId(recipient);
        EventUid event = EventUid.of("test", id);
        NotificationId notification = NotificationId.of(event, to);
        Clock clock = Clock.systemUTC();
        return new Delivery(
                DeliveryId.of(notification, Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(clock.instant(), 0),
                Address.unknown(),
                new Notification(
                        notification, event, to, "test.type", clock.instant(), null, labels, false, null, content),
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    /** What the ledger heard of this delivery, as soon as that satisfies the condition. */
    List<ChannelOutcome> outcomes(Delivery delivery, Predicate<List<ChannelOutcome>> condition) {
        List<ChannelOutcome> found = new ArrayList<>();
        probe.readUntil(topics.outcomes().name(), WAIT, records -> {
            found.clear();
            records.stream()
                    .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream())
                    .filter(outcome -> outcome.notification()
                            .equals(delivery.notification().id()))
                    .forEach(outcome -> found.addAll(outcome.channels()));
            return condition.test(found);
        });
        return found;
    }

    ChannelOutcome outcome(Delivery delivery) {
        return outcomes(delivery, found -> !found.isEmpty()).getFirst();
    }

    ChannelOutcome outcome(Delivery delivery, int number) {
        return outcomes(delivery, found -> found.size() >= number).get(number - 1);
    }

    /** The dead letters of a recipient, as soon as there is one. */
    List<DeadLetter> deadLetters(String recipient) {
        List<DeadLetter> found = new ArrayList<>();
        probe.readUntil(topics.dead(Channel.PUSH).name(), WAIT, records -> {
            found.clear();
            records.stream()
                    .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(recipient))
                    .map(record -> Json.read(record.value(), DeadLetter.class))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found;
    }

    /** What the router heard of this recipient. */
    List<Activity> activities(String recipient) {
        return probe.readAll(topics.activity().name()).stream()
                .map(record -> Json.read(record.value(), Activity.class))
                .filter(activity -> activity.recipient().value().equals(recipient))
                .toList();
    }

    /** Of that, whether she can be reached. */
    List<Boolean> reachability(String recipient) {
        return activities(recipient).stream()
                .map(activity -> ((Activity.Reachable) activity).reachable())
                .toList();
    }

    /** What the ledger heard of these notifications, as soon as it heard of all. */
    List<NotificationOutcome> outcomes(Set<NotificationId> wanted) {
        List<NotificationOutcome> found = new ArrayList<>();
        probe.readUntil(topics.outcomes().name(), WAIT, records -> {
            found.clear();
            records.stream()
                    .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream())
                    .filter(outcome -> wanted.contains(outcome.notification()))
                    .forEach(found::add);
            return found.stream()
                            .map(NotificationOutcome::notification)
                            .distinct()
                            .count()
                    == wanted.size();
        });
        return found;
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
