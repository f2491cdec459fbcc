package dev.carillon.ingest.audience;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AudienceProperties.class)
public class AudienceConfiguration {
    @Bean
    MembershipTable ingestMembershipTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new MembershipTable(jdbc);
    }

    @Bean
    SettingTable<MemberKey> ingestMembershipPublication(@Qualifier("ingestJdbc") JdbcClient jdbc, Topics topics) {
        return new MembershipPublication(jdbc, topics);
    }

    @Bean
    ChangeMembers ingestChangeMembers(
            MembershipTable table,
            SettingTable<MemberKey> publication,
            PublishSettings publish,
            ErasedTable erased,
            Clock clock) {
        return new ChangeMembers(table, publication, publish, erased, clock);
    }

    @Bean
    KeepsRecipients ingestKeptMemberships(@Qualifier("ingestJdbc") JdbcClient jdbc, ChangeMembers change) {
        return new KeptMemberships(jdbc, change);
    }

    @Bean
    AudienceController ingestAudienceController(MembershipTable table, ChangeMembers change) {
        return new AudienceController(table, change);
    }

    @Bean
    NestingTable ingestNestingTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new NestingTable(jdbc);
    }

    @Bean
    KnownNesting ingestKnownNesting(NestingTable table) {
        return new KnownNesting(table);
    }

    @Bean
    Belonging ingestBelonging(MembershipTable table, KnownNesting known) {
        return new Belonging(table, known);
    }

    @Bean
    Repeating ingestNestingRefresh(KnownNesting known, AudienceProperties properties) {
        return new Repeating("ingest-audiences", Duration.ZERO, properties.refresh(), known::reload);
    }

    @Bean
    NestingController ingestNestingController(
            NestingTable table, KnownNesting known, PlatformTransactionManager transactions, Clock clock) {
        return new NestingController(
                known, new ChangeNesting(table, known, new TransactionTemplate(transactions), clock));
    }
}
