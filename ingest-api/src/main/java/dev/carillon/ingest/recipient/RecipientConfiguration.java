package dev.carillon.ingest.recipient;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class RecipientConfiguration {
    @Bean
    RecipientTable ingestRecipientTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new RecipientTable(jdbc);
    }

    @Bean
    CurrentAddresses ingestCurrentAddresses(RecipientTable table) {
        return new CurrentAddresses(table);
    }

    @Bean
    DisplayNames ingestDisplayNames(RecipientTable table) {
        return new DisplayNames(table);
    }

    @Bean
    SettingTable<RecipientId> ingestRecipientPublication(@Qualifier("ingestJdbc") JdbcClient jdbc, Topics topics) {
        return new RecipientPublication(jdbc, topics);
    }

    @Bean
    ChangeRecipients ingestChangeRecipients(
            RecipientTable table,
            SettingTable<RecipientId> publication,
            PublishSettings publish,
            TypeCatalogue types,
            ErasedTable erased,
            MeterRegistry registry,
            Clock clock) {
        return new ChangeRecipients(table, publication, publish, new Unsubscriptions(types), erased, registry, clock);
    }

    @Bean
    KeepsRecipients ingestKeptRecipients(
            @Qualifier("ingestJdbc") JdbcClient jdbc, RecipientTable table, ChangeRecipients change) {
        return new KeptRecipients(jdbc, table, change);
    }

    @Bean
    RecipientController ingestRecipientController(RecipientTable table, ChangeRecipients change) {
        return new RecipientController(table, change);
    }

    @Bean
    PreferenceController ingestPreferenceController(
            RecipientTable table, ChangeRecipients change, TypeCatalogue types, Clock clock) {
        return new PreferenceController(table, change, new PreferenceWarnings(types, clock));
    }

    @Bean
    FollowUnsubscriptions ingestFollowUnsubscriptions(KafkaClients clients, Topics topics, ChangeRecipients change) {
        return new FollowUnsubscriptions(
                new Containers(clients, Service.INGEST_API), topics.activity().name(), change);
    }
}
