package dev.carillon.platform.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class ControlTailTest {
    private static final RecipientId ADA = new RecipientId("ada");

    private final Topics topics = new Topics(
            new TopicSettings(TestInfrastructure.freshTopicPrefix(), 1, (short) 1, List.of(Duration.ofMinutes(1))));
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());

    /** Begun anew at one of them, the reading would never reach the cancel, and no worker would ever start. */
    @Test
    @Timeout(120)
    void recordsThatSayNothingKeepNoneBehindThemFromBeingRead() {
        EventUid event = EventUid.of("test", "one");
        String controls = topics.controls().name();
        probe.createTopic(controls, 1);
        probe.send(controls, 0, "poison", null);
        for (String text : List.of("null", "{}", "[", "{\"kind\":\"unheard of\"}", "{\"kind\":\"cancel\"}")) {
            probe.send(controls, 0, "poison", text.getBytes(StandardCharsets.UTF_8));
        }
        Control cancel = new Control.Cancel(event, List.of(), Clock.systemUTC().instant());
        probe.send(controls, 0, event.toString(), Json.write(cancel));

        try (ControlTail tail =
                ControlTail.start(clients(), Service.PUSH_WORKER, topics.controls(), Clock.systemUTC())) {
            assertThat(tail.cancellations().covers(event, ADA)).isTrue();
        }
    }

    private KafkaClients clients() {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        return new KafkaClients(properties, topics);
    }
}
