package dev.carillon.ingest.inbound;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.KeyRate;
import dev.carillon.ingest.intake.AcceptEvents;
import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.delivery.DeadLetters;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboundProperties.class)
public class InboundConfiguration {
    /** Names the source of events that name none. */
    private static final String CALLER = "inbound";

    @Bean
    InboundWorker ingestInboundWorker(
            KafkaClients clients,
            Topics topics,
            AcceptEvents acceptEvents,
            KeyRate rate,
            @Qualifier("ingestSender") RecordSender sender,
            InboundProperties properties,
            Clock clock) {
        ApiKey caller =
                new ApiKey(new UUID(0, 0), CALLER, properties.scopes(), properties.sources(), null, Instant.EPOCH);
        DeadLetters deadLetters = new DeadLetters(topics.dead(Service.INGEST_API), clock);
        return new InboundWorker(
                new Containers(clients, Service.INGEST_API),
                topics.inbound(),
                new InboundEvents(acceptEvents, rate, caller, sender, deadLetters),
                properties);
    }
}
