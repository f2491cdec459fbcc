package dev.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InfrastructureExtension.class)
class UnconfiguredPushTest {

    @Test
    void withoutAKeyPairTheChannelIsOffAndSaysSo(TestDatabase database) {
        Map<String, Object> noKeys = Map.of(
                "carillon.push.vapid.public-key", "",
                "carillon.push.vapid.private-key", "",
                "carillon.push.vapid.subject", "");
        try (PushPipeline pipeline = PushPipeline.start(database, noKeys)) {
            Delivery delivery = pipeline.deliver("ada", "off");

            var outcome = pipeline.outcome(delivery);
            assertThat(outcome.state()).isEqualTo(OutcomeState.SKIPPED);
            assertThat(outcome.reason()).isEqualTo(Reason.CHANNEL_NOT_CONFIGURED);
            var key = pipeline.call("ada", "GET", "key", null);
            assertThat(key.statusCode()).isEqualTo(404);
            assertThat(key.body()).contains("push_not_configured");
            assertThat(pipeline.readiness()).isEqualTo(200);
        }
    }

    @Test
    void halfAKeyPairIsRefusedInOneSentence(TestDatabase database) {
        assertThatThrownBy(() -> PushPipeline.start(database, Map.of("carillon.push.vapid.private-key", "")))
                .rootCause()
                .hasMessage("carillon.push.vapid.public-key and carillon.push.vapid.private-key must be set together");
        assertThatThrownBy(() -> PushPipeline.start(database, Map.of("carillon.push.vapid.subject", "nobody")))
                .rootCause()
                .hasMessageContaining("subject must be a mail address");
    }
}
