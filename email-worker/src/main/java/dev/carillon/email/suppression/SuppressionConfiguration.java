package dev.carillon.email.suppression;

import dev.carillon.email.profile.FollowProfiles;
import dev.carillon.email.profile.LeftBehind;
import dev.carillon.email.tracking.NoTrackTable;
import dev.carillon.email.unsubscribe.Unsubscribe;
import dev.carillon.platform.auth.OperatorSecurity;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The beans of this feature, and what follows recipients' changes for it and for unsubscriptions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SuppressionSettings.class)
public class SuppressionConfiguration {
    private static final int CHAIN_ORDER = 61;
    private static final Duration LEFT_BEHIND_INTERVAL = Duration.ofSeconds(5);

    @Bean
    Suppressions emailSuppressions(
            DataSource database,
            @Qualifier("emailMigration") SchemaMigration migrated,
            @Qualifier("emailActivityRecords") RecordSender records,
            SuppressionSettings settings,
            Topics topics,
            Clock clock) {
        return Suppressions.kept(JdbcClient.create(database), records, topics.activity(), settings, clock);
    }

    @Bean
    SuppressionController emailSuppressionController(Suppressions suppressions) {
        return new SuppressionController(suppressions);
    }

    @Bean
    FollowProfiles emailFollowProfiles(
            KafkaClients clients,
            Topics topics,
            Suppressions suppressions,
            Unsubscribe unsubscribe,
            NoTrackTable untracked) {
        return new FollowProfiles(
                new Containers(clients, Service.EMAIL_WORKER),
                topics.recipients().name(),
                profiles -> {
                    unsubscribe.profiles(profiles);
                    suppressions.profiles(profiles);
                    untracked.profiles(profiles);
                },
                recipient -> {
                    unsubscribe.forget(recipient);
                    suppressions.forget(recipient);
                    untracked.forget(recipient);
                });
    }

    @Bean
    Repeating emailLeftBehind(Suppressions suppressions, Unsubscribe unsubscribe) {
        LeftBehind all = new LeftBehind(
                List.of(unsubscribe::publishLeftBehind, suppressions::liftEnded, suppressions::tellRouter));
        return new Repeating("email-left-behind", LEFT_BEHIND_INTERVAL, all::publish);
    }

    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain emailOperatorChain(HttpSecurity http, OperatorSecurity operators) throws Exception {
        return operators.chain(http.securityMatcher("/api/v1/email/**"));
    }
}
