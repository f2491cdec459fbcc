package dev.carillon.ingest.intake;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
public class IntakeConfiguration {
    @Bean
    AcceptEvents ingestAcceptEvents(
            IntakeProperties properties,
            TypeCatalogue types,
            Topics topics,
            @Qualifier("ingestSender") RecordSender sender,
            Clock clock) {
        return new AcceptEvents(
                new PublishRate(properties.eventsPerSecond()),
                new EventReader(clock),
                new EventStamp(types, clock),
                new IntakeLog(new PartitionSplit(topics), sender),
                properties.acknowledgeWithin());
    }

    @Bean
    ServletRegistrationBean<EventsServlet> ingestEventsServlet(
            AcceptEvents acceptEvents, MeterRegistry registry, ProblemWriter problems) {
        ServletRegistrationBean<EventsServlet> servlet = new ServletRegistrationBean<>(
                new EventsServlet(acceptEvents, new IntakeMetrics(registry), problems), EventsServlet.PATH);
        servlet.setName("ingestEvents");
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    /** Events come by the ten thousand a second: an observation of each would cost a quarter of its handling. */
    @Bean
    ObservationPredicate ingestUnobservedEvents() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && EventsServlet.PATH.equals(request.getCarrier().getRequestURI()));
    }
}
