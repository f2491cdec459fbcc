package dev.carillon.ingest.watch;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(15);

    @Bean
    Repeating ingestWatch(KafkaClients clients, Topics topics, MeterRegistry registry) {
        WatchBroker watch = new WatchBroker(clients, topics, registry);
        return new Repeating("ingest-watch", FIRST, EVERY, watch::look);
    }
}
