package dev.carillon.email.tracking;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.profile.ErasedTable;
import dev.carillon.email.unsubscribe.UnsubscribePage;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
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
@EnableConfigurationProperties(TrackingSettings.class)
public class TrackingConfiguration {
    private static final int CHAIN_ORDER = 59;

    @Bean
    Tracker emailTracker(
            TrackingSettings settings,
            UnsubscribeSettings secrets,
            MailTypes types,
            NoTrackTable untracked,
            Clock clock) {
        return new Tracker(settings, secrets, types::tracking, new WhoForbids(untracked), clock);
    }

    @Bean
    NoTrackTable emailNoTrackTable(DataSource database, @Qualifier("emailMigration") SchemaMigration migrated) {
        return new NoTrackTable(JdbcClient.create(database));
    }

    @Bean
    ErasedTable emailErasedTable(
            DataSource database,
            @Qualifier("emailMigration") SchemaMigration migrated,
            TrackingSettings settings,
            UnsubscribeSettings links) {
        Duration longest = settings.life().compareTo(links.life()) > 0 ? settings.life() : links.life();
        return new ErasedTable(JdbcClient.create(database), longest);
    }

    @Bean(destroyMethod = "close")
    ReadingLog emailReadingLog(
            @Qualifier("emailActivityRecords") RecordSender records,
            Topics topics,
            NoTrackTable untracked,
            ErasedTable erased,
            MeterRegistry metrics,
            Clock clock) {
        return new ReadingLog(new TellReadings(records, topics.activity(), untracked, erased), metrics, clock);
    }

    @Bean
    TrackingController emailTrackingController(Tracker tracker, ReadingLog log, UnsubscribePage page) {
        return new TrackingController(tracker, log, page);
    }

    /** The token in the link is the credential. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain emailTrackingChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(Tracker.CLICK, Tracker.OPEN)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .build();
    }
}
