package dev.carillon.ingest;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The real service on a free port, with a broker and a database. */
final class RunningIngest implements AutoCloseable {
    static final String BOOTSTRAP_KEY = "bootstrap-key-of-the-tests";
    private static final String JWT_SECRET = "a-secret-of-the-tests-with-32-bytes-or-more";

    private final ConfigurableApplicationContext context;
    private final Api api;
    private final String prefix;

    private RunningIngest(ConfigurableApplicationContext context, String prefix) {
        this.context = context;
        this.prefix = prefix;
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.api = new Api("http://127.0.0.1:" + port, BOOTSTRAP_KEY);
    }

    /** On the shared broker, with topics of its own. */
    static RunningIngest start(TestDatabase database, String topicPrefix) {
        return start(database, topicPrefix, Map.of());
    }

    /** As {@link #start(TestDatabase, String)}, with further settings and beans. */
    static RunningIngest start(
            TestDatabase database, String topicPrefix, Map<String, String> settings, Class<?>... beans) {
        Map<String, Object> properties = new HashMap<>(database.springProperties());
        properties.put("spring.kafka.bootstrap-servers", TestInfrastructure.bootstrapServers());
        properties.put("server.port", "0");
        properties.put("carillon.topics.prefix", topicPrefix);
        properties.put("carillon.topics.partitions", "4");
        properties.put("carillon.auth.jwt-secret", JWT_SECRET);
        properties.put("carillon.ingest.bootstrap-key", BOOTSTRAP_KEY);
        properties.putAll(settings);
        SpringApplication application = CarillonService.application(IngestApiApplication.class, 0);
        for (Class<?> bean : beans) {
            application.addPrimarySources(java.util.List.of(bean));
        }
        application.addInitializers(started ->
                started.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties)));
        return new RunningIngest(application.run(), topicPrefix);
    }

    /** The API as the bootstrap key sees it: every scope. */
    Api api() {
        return api;
    }

    Api apiOf(String endUser) {
        EndUserTokens tokens = new EndUserTokens(JWT_SECRET, "carillon", bean(Clock.class));
        return api.withToken(tokens.issue(new RecipientId(endUser), Duration.ofHours(1)));
    }

    /** A key with these scopes, made over the API. */
    Api apiWith(String name, String scopes, String sources) {
        Api.Answer answer = api.post(
                "/api/v1/ops/api-keys",
                "{\"name\":\"%s\",\"scopes\":%s,\"sources\":%s}".formatted(name, scopes, sources));
        return api.withToken(answer.json().get("token").stringValue());
    }

    String topic(String bare) {
        return prefix + bare;
    }

    /** How many events that came this way the metrics count as accepted. */
    double accepted(String way) {
        return measured(Metric.EVENTS, "way", way, "result", "accepted");
    }

    /** What a counter or gauge says under these tags; no number where there is none yet. */
    double measured(Metric metric, String... tags) {
        Meter meter = bean(MeterRegistry.class).find(metric.code()).tags(tags).meter();
        return meter == null ? Double.NaN : meter.measure().iterator().next().getValue();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
