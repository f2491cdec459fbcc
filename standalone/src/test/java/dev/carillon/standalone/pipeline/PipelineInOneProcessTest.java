package dev.carillon.standalone.pipeline;

import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineInOneProcessTest extends PipelineScenario {
    private static final Duration WAIT = Duration.ofMinutes(2);

    /** Kinds of records that the document has and nobody writes, each with the reason; every topic has records. */
    private static final Map<String, String> NEVER_WRITTEN =
            Map.of("Command actor_erased", "an erasure asks for it by itself; read where somebody else sends it");

    @TempDir
    private static Path data;

    private final FakeRelay stubborn = FakeRelay.start()
            .whenever(On.RCPT, recipient -> recipient.contains("stubborn"), Reaction.answer("450 4.2.1 not now"));

    @Override
    RunningCarillon start(int smtpPort, List<String> further) {
        return new InOneProcess(
                data,
                Stream.of(FleetSettings.forTests(smtpPort), further, EveryRecord.settings(stubborn))
                        .flatMap(List::stream)
                        .toList());
    }

    @AfterAll
    void stopRelay() {
        stubborn.close();
    }

    @Test
    void whoIsErasedLeavesNoRowAndNoLiveRecordAnywhere() throws InterruptedException {
        Erasure erasure = new Erasure((InOneProcess) carillon(), api(), "eve.7f3a.nowhere-else");
        erasure.leavesNothing(device());
        erasure.theIdMayBeSomebodyElses();
    }

    /** The last one: what all others made the services write is looked at too. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyRecordOnEveryTopicIsAsTheAsyncApiDocumentSays() throws IOException {
        InOneProcess inOne = (InOneProcess) carillon();
        try (DocumentedTopics topics = new DocumentedTopics(inOne.bean(KafkaClients.class), inOne.bean(Topics.class));
                EveryRecord every = new EveryRecord(inOne, api(), stubborn, topics, unique())) {
            every.write();
            topics.readUntil(
                    WAIT, () -> topics.silent().isEmpty() && topics.missing().equals(NEVER_WRITTEN.keySet()));
            topics.readToTheEnd();

            SoftAssertions.assertSoftly(all -> {
                all.assertThat(topics.problems()).as("not as the document says").isEmpty();
                all.assertThat(topics.silent()).as("topics without a record").isEmpty();
                all.assertThat(topics.missing())
                        .as("kinds of records that did not come")
                        .isEqualTo(NEVER_WRITTEN.keySet());
            });
        }
    }

    @Override
    int rounds() {
        return 1_000;
    }
}
