package dev.carillon.ingest.cancel;

import dev.carillon.ingest.ledger.Ledger;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class CancelConfiguration {
    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofMillis(2_500);

    @Bean
    CancelController ingestCancelController(
            @Qualifier("ingestSender") RecordSender sender, Topics topics, Ledger ledger, Clock clock) {
        return new CancelController(new CancelEvents(sender, topics, ledger, clock, ACKNOWLEDGE_WITHIN));
    }
}
