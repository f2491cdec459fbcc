package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.inapp.ticket.StreamTickets;
import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** The live stream's part of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveProperties.class)
public class LiveConfiguration {

    @Bean
    LiveRecords inappLiveRecords(Topics topics) {
        return new LiveRecords(topics.live());
    }

    @Bean
    LiveServer inappLive(
            KafkaClients clients,
            Topics topics,
            LiveProperties properties,
            UnreadCounts unread,
            StoredNotifications stored,
            Clock clock,
            MeterRegistry registry) {
        LiveSessions sessions = new LiveSessions(new StreamDurations(registry, clock));
        Metric.LIVE_CONNECTIONS.gauge(registry, sessions, LiveSessions::count);
        LiveServer.Feed feed = new LiveServer.Feed(unread, stored);
        return new LiveServer(clients, topics.live(), properties, feed, sessions, clock);
    }

    @Bean
    ChangesController inappChangesController(
            LiveServer live, StoredNotifications stored, UnreadCounts unread, Clock clock) {
        return new ChangesController(live, stored, unread, clock);
    }

    @Bean
    WsServices inappWsServices(
            LiveServer live, ReaderMarks marks, EndUserSecurity security, LiveProperties properties, Clock clock) {
        return new WsServices(live, marks, token -> caller(security, token), properties.timeToAuthenticate(), clock);
    }

    @Bean
    WsController inappWsController(WsServices services, StreamTickets tickets) {
        return new WsController(services, tickets);
    }

    /** Empty where the token is not valid; throws where nobody can tell, because the keys that check it cannot be read. */
    private static Optional<StreamCaller> caller(EndUserSecurity security, String token) {
        try {
            return Optional.ofNullable(StreamCaller.of(security.decoder().decode(token)));
        } catch (BadJwtException e) {
            return Optional.empty();
        }
    }

    @Bean
    DrainStreams inappDrainStreams(LiveServer live, LiveProperties properties) {
        return new DrainStreams(live, properties.reconnectSpread());
    }

    @Bean
    StreamController inappStreamController(LiveServer live, StreamTickets tickets, Clock clock) {
        return new StreamController(live, tickets, clock);
    }
}
