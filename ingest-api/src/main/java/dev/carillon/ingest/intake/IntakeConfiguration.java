package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.KeyRate;
import dev.carillon.ingest.audience.KnownNesting;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.tracing.Tracing;
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
    EventStamp ingestEventStamp(TypeCatalogue types, KnownNesting nesting, Clock clock) {
        return new EventStamp(types, nesting::resolve, clock);
    }

    @Bean
    IntakeLog ingestIntakeLog(Topics topics, @Qualifier("ingestSender") RecordSender sender) {
        return new IntakeLog(new PartitionSplit(topics), sender);
    }

    @Bean
    KeyRate ingestKeyRate(IntakeProperties properties) {
        return new KeyRate(properties.eventsPerSecond(), Limits.EVENTS);
    }

    @Bean
    IntakeMetrics ingestIntakeMetrics(MeterRegistry registry) {
        return new IntakeMetrics(registry);
    }

    @Bean
    AcceptEvents ingestAcceptEvents(
            IntakeProperties properties,
            EventStamp stamp,
            IntakeLog log,
            Clock clock,
            IntakeMetrics metrics,
            Tracing tracing) {
        return new AcceptEvents(new EventReader(clock), stamp, log, properties.acknowledgeWithin(), metrics, tracing);
    }

    @Bean
    ScheduledEvents ingestScheduledEvents(
            IntakeProperties properties, EventStamp stamp, IntakeLog log, Clock clock, IntakeMetrics metrics) {
        return new ScheduledEvents(new EventReader(clock), stamp, log, properties.acknowledgeWithin(), metrics);
    }

    @Bean
    UserMessages ingestUserMessages(
            IntakeProperties properties, EventStamp stamp, IntakeLog log, IntakeMetrics metrics) {
        return new UserMessages(stamp, log, properties.acknowledgeWithin(), metrics);
    }

    @Bean
    Questions ingestQuestions(EventStamp stamp, Topics topics, Clock clock) {
        return new Questions(new EventReader(clock), stamp, new PartitionSplit(topics));
    }

    @Bean
    ServletRegistrationBean<EventsServlet> ingestEventsServlet(
            AcceptEvents acceptEvents, KeyRate rate, ProblemWriter problems) {
        ServletRegistrationBean<EventsServlet> servlet =
                new ServletRegistrationBean<>(new EventsServlet(acceptEvents, rate, problems), EventsServlet.PATH);
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
