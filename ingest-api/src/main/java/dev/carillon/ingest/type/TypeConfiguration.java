package dev.carillon.ingest.type;

import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TypeProperties.class)
public class TypeConfiguration {
    @Bean
    TypeTable ingestTypeTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new TypeTable(jdbc);
    }

    @Bean
    SettingTable<String> ingestTypePublication(@Qualifier("ingestJdbc") JdbcClient jdbc, Topics topics) {
        return new TypePublication(jdbc, topics);
    }

    @Bean
    KnownTypes ingestKnownTypes(TypeTable table) {
        return new KnownTypes(new StoredTypes(name -> table.find(name).map(TypeRow::type)));
    }

    @Bean
    FollowTypes ingestFollowTypes(KafkaClients clients, Topics topics, KnownTypes known, TypeTable table) {
        return new FollowTypes(clients, topics, known, table);
    }

    @Bean
    ChangeTypes ingestChangeTypes(
            TypeTable table, SettingTable<String> publication, PublishSettings publish, KnownTypes known, Clock clock) {
        return new ChangeTypes(table, publication, publish, known, clock);
    }

    @Bean
    LoadTypeFiles ingestLoadTypeFiles(ChangeTypes change, TypeProperties properties) {
        return new LoadTypeFiles(change, properties.files());
    }

    @Bean
    TypeController ingestTypeController(TypeTable table, ChangeTypes change, KnownTypes known) {
        return new TypeController(table, change, known);
    }
}
