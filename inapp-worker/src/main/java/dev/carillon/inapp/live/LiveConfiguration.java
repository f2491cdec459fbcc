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
import org.springframework.security.oauth2.jwt.JwtException;

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
        LiveServer server = new LiveServer(clients, topics.live(), properties, unread, stored, clock);
        Metric.LIVE_CONNECTIONS.gauge(registry, server.sessions(), LiveSessions::count);
        return server;
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

    private static Optional<StreamCaller> caller(EndUserSecurity security, String token) {
        try {
            return Optional.ofNullable(StreamCaller.of(security.decoder().decode(token)));
        } catch (JwtException e) {
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
