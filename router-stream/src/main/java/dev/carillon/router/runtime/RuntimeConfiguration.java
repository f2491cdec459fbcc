package dev.carillon.router.runtime;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.router.topology.RouterMeters;
import dev.carillon.router.topology.RoutingTopology;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the router. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RouterSettings.class, DecisionSettings.class})
public class RuntimeConfiguration {
    /** How long the router may need to stop. */
    public static final Duration LONGEST_STOP = RouterStreams.LONGEST_STOP;

    @Bean
    RenderContent routerContent(DecisionSettings decisions, MeterRegistry registry) {
        RenderContent content = new RenderContent(decisions.templatesCached());
        content.measure(registry, "carillon.router.templates");
        return content;
    }

    @Bean
    RouterMeters routerMeters(MeterRegistry registry, PipelineClock clock) {
        return new RouterMeters(registry, clock);
    }

    @Bean
    RoutingTopology routerTopology(
            Topics topics,
            DecisionSettings decisions,
            RenderContent routerContent,
            PipelineClock clock,
            Tracing tracing,
            RouterMeters meters) {
        return new RoutingTopology(topics, decisions.toRouting(), routerContent, clock, tracing, meters);
    }

    @Bean
    RouterStreams routerStreams(
            RoutingTopology routerTopology,
            KafkaProperties kafka,
            Topics topics,
            RouterSettings settings,
            PipelineClock clock) {
        return new RouterStreams(routerTopology, new StreamsProperties(kafka, topics, settings), settings, clock);
    }

    @Bean
    HealthIndicator routerHealth(RouterStreams streams) {
        return new RouterHealth(streams);
    }
}
