package dev.carillon.ingest;

import static org.awaitility.Awaitility.await;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links of mails that recipients follow, as the worker tells of them. */
record Unsubscribes(RunningIngest ingest, TopicProbe topics) {
    private static final Duration WAIT = Duration.ofMinutes(1);

    /** Returns when it is stored and counted. */
    void apply(String recipient, UnsubscribeScope scope, @Nullable String name) {
        double before = counted();
        var activity = new Activity.Unsubscribed(
                new RecipientId(recipient), Channel.EMAIL, scope, name, Instant.parse("2026-11-20T10:00:00Z"));
        String topic = ingest.topic("activity");
        var _ = topics.send(topic, 0, recipient, "no activity".getBytes(StandardCharsets.UTF_8));
        var _ = topics.send(topic, 0, recipient, Json.write(activity));
        await().atMost(WAIT).until(() -> counted() == before + 1);
    }

    private double counted() {
        return ingest.measured(Metric.PREFERENCES, "how", "unsubscribed");
    }

    /** The preferences once they have something at a place. */
    JsonNode preferencesOnce(String recipient, String place) {
        return await().atMost(WAIT)
                .until(
                        () -> ingest.api()
                                .get("/api/v1/recipients/" + recipient + "/preferences")
                                .json(),
                        json -> !json.at(place).isMissingNode());
    }
}
