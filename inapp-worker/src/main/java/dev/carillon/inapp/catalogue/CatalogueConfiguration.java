package dev.carillon.inapp.catalogue;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalogue's part of the service. */
@Configuration(proxyBeanMethods = false)
public class CatalogueConfiguration {
    @Bean
    KnownTypes inappKnownTypes() {
        return new KnownTypes();
    }

    @Bean
    FollowTypes inappFollowTypes(KafkaClients clients, Topics topics, KnownTypes types) {
        return new FollowTypes(clients, topics.types(), types);
    }
}
