package dev.carillon.ingest.audience;

import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
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
            MembershipTable table, SettingTable<MemberKey> publication, PublishSettings publish, Clock clock) {
        return new ChangeMembers(table, publication, publish, clock);
    }

    @Bean
    AudienceController ingestAudienceController(MembershipTable table, ChangeMembers change) {
        return new AudienceController(table, change);
    }
}
