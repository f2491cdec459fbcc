package dev.carillon.ingest.watch;

import dev.carillon.ingest.deadletter.OpenLetters;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** The most often; while nobody looks at the flow, it is every third time. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    @Bean
    FlowSamples ingestFlowSamples(Clock clock) {
        return new FlowSamples(clock);
    }

    @Bean
    Repeating ingestWatch(KafkaClients clients, Topics topics, FlowSamples samples, MeterRegistry registry) {
        WatchBroker watch = new WatchBroker(clients, topics, samples, registry);
        return new Repeating("ingest-watch", FIRST, EVERY, watch::turn);
    }

    @Bean
    FlowController ingestFlowController(FlowSamples samples, OpenLetters letters) {
        return new FlowController(samples, letters);
    }
}
