package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.TestPushService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Mails and pushes to two who cannot be reached: they wait in every tier, until one of them is given up and put back. */
final class InVain implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final InOneProcess carillon;
    private final Api api;
    private final Calls calls;
    private final DocumentedTopics read;
    private final Topics topics;
    private final String direct;
    private final String bulk;
    private final List<TestPushService> pushServices = new ArrayList<>();

    InVain(InOneProcess carillon, Api api, Calls calls, DocumentedTopics read, String run) {
        this.carillon = carillon;
        this.api = api;
        this.calls = calls;
        this.read = read;
        this.topics = carillon.bean(Topics.class);
        this.direct = "stubborn-direct" + run;
        this.bulk = "stubborn-bulk" + run;
    }

    void fail() {
        tell(direct, "normal");
        tell(bulk, "low");
        List<Duration> tiers = topics.settings().retryTiers();
        for (int tier = 1; tier <= tiers.size(); tier++) {
            for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
                comesTo(topics.retries(channel, Lane.DIRECT, tier), direct);
                comesTo(topics.retries(channel, Lane.BULK, tier), bulk);
            }
            carillon.advance(tiers.get(tier - 1).plusSeconds(1));
        }
        comesTo(topics.dead(Channel.PUSH), direct);
        putBack();
    }

    private void tell(String recipient, String priority) {
        TestPushService pushService = TestPushService.plain(carillon.bean(PipelineClock.class));
        pushServices.add(pushService);
        pushService.otherwise(path -> PushReply.status(503));
        api.register(recipient, Map.of("name", recipient, "email", recipient + "@example.org"));
        api.subscribe(recipient, pushService.device());
        api.publish(Map.of(
                "type", EveryRecord.TYPE, "recipients", List.of(recipient), "title", "In vain", "priority", priority));
    }

    private void comesTo(TopicSpec topic, String recipient) {
        read.readUntil(WAIT, () -> read.had(topic.name(), recipient));
        assertThat(read.had(topic.name(), recipient))
                .as("%s on %s", recipient, topic.name())
                .isTrue();
    }

    private void putBack() {
        String letters = "/api/v1/ops/dead-letters?recipient=" + direct + "&channel=push";
        JsonNode id = await().atMost(WAIT)
                .until(
                        () -> calls.asked("GET", letters, Map.of()).at("/dead_letters/0/id"),
                        found -> !found.isMissingNode());
        var _ = calls.upstream("POST", "/api/v1/ops/dead-letters/" + id.asString() + "/replay", Map.of());
    }

    @Override
    public void close() {
        pushServices.forEach(TestPushService::close);
    }
}
