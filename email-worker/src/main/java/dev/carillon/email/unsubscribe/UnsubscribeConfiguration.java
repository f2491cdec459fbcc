package dev.carillon.email.unsubscribe;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.profile.ErasedTable;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UnsubscribeSettings.class)
public class UnsubscribeConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribeConfiguration.class);
    private static final int CHAIN_ORDER = 60;

    @Bean
    MailTypes emailTypes(KafkaClients clients, Topics topics) {
        return new MailTypes(clients, topics);
    }

    @Bean(destroyMethod = "close")
    RecordSender emailActivityRecords(KafkaClients clients) {
        return new RecordSender(clients.producer(Service.EMAIL_WORKER, "activity"));
    }

    @Bean
    UnsubscribeLinks emailUnsubscribeLinks(UnsubscribeSettings settings, MailTypes types, Clock clock) {
        if (!settings.isConfigured()) {
            LOG.warn("mails carry no link to unsubscribe: set carillon.email.unsubscribe.origin and .secret"
                    + " (CARILLON_PUBLIC_ORIGIN, CARILLON_UNSUBSCRIBE_SECRET)");
        }
        return new UnsubscribeLinks(settings, types::isCritical, clock);
    }

    @Bean
    Unsubscribe emailUnsubscribe(
            DataSource database,
            @Qualifier("emailMigration") SchemaMigration migrated,
            @Qualifier("emailActivityRecords") RecordSender records,
            Topics topics,
            Clock clock) {
        return Unsubscribe.kept(JdbcClient.create(database), records, topics.activity(), clock);
    }

    @Bean
    UnsubscribePage emailUnsubscribePage(UnsubscribeLinks links, MailTypes types) {
        return new UnsubscribePage(types, links.preferences());
    }

    @Bean
    UnsubscribeController emailUnsubscribeController(
            UnsubscribeLinks links, Unsubscribe unsubscribe, ErasedTable erased, UnsubscribePage page) {
        return new UnsubscribeController(links, unsubscribe, erased, page);
    }

    /** The token in the link is the credential. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain emailUnsubscribeChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(UnsubscribeLinks.PATH)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .build();
    }
}
