package dev.carillon.inapp.ticket;

import dev.carillon.platform.database.SchemaMigration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tickets' part of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TicketProperties.class)
public class TicketConfiguration {

    @Bean
    TicketStore inappTicketStore(DataSource database, @Qualifier("inappSchema") SchemaMigration schema) {
        return new TicketStore(JdbcClient.create(database));
    }

    @Bean
    StreamTickets inappStreamTickets(TicketStore store, TicketProperties properties, Clock clock) {
        return new StreamTickets(store, properties.life(), clock);
    }

    @Bean
    TicketController inappTicketController(StreamTickets tickets) {
        return new TicketController(tickets);
    }
}
