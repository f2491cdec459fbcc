package dev.carillon.ingest.dismissal;

import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class DismissalConfiguration {
    @Bean
    DismissalController ingestDismissalController(
            @Qualifier("ingestSender") RecordSender records, Topics topics, Clock clock) {
        return new DismissalController(new SendCommand(records, topics.commands()), clock);
    }
}
