package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamTickets;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
            KafkaClients clients, Topics topics, LiveProperties properties, UnreadCounts unread, Clock clock) {
        return new LiveServer(clients, topics.live(), properties, unread, clock);
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
