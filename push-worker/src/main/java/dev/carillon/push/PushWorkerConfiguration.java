package dev.carillon.push;

import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.platform.auth.EndUserAuthConfiguration;
import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryWorker;
import dev.carillon.platform.delivery.WorkerSettings;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.personal.AnswerCommands;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.push.delivery.PushSettings;
import dev.carillon.push.report.ReportController;
import dev.carillon.push.report.ReportTokens;
import dev.carillon.push.subscription.PushPersonalData;
import dev.carillon.push.subscription.Reachability;
import dev.carillon.push.subscription.ReachabilityActivity;
import dev.carillon.push.subscription.SubscriptionController;
import dev.carillon.push.subscription.Subscriptions;
import dev.carillon.push.webpush.EndpointSettings;
import dev.carillon.push.webpush.VapidKeyRing;
import dev.carillon.push.webpush.VapidSettings;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The push service: subscriptions over HTTP, and the worker that sends. */
@Configuration(proxyBeanMethods = false)
@Import({PlatformConfiguration.class, EndUserAuthConfiguration.class, PushSendingConfiguration.class})
@EnableConfigurationProperties({EndpointSettings.class, PushSettings.class, VapidSettings.class})
public class PushWorkerConfiguration {
    @Bean
    SchemaMigration pushSchema(DataSource database) {
        return SchemaMigration.migrate(database, Service.PUSH_WORKER, "push");
    }

    @Bean
    VapidKeyRing pushVapidKeys(VapidSettings settings) {
        return settings.keys();
    }

    @Bean
    EndpointPolicy pushEndpointPolicy(EndpointSettings settings) {
        return settings.policy();
    }

    @Bean(destroyMethod = "close")
    RecordSender pushRecords(KafkaClients clients) {
        return new RecordSender(clients.producer(Service.PUSH_WORKER, "activity"));
    }

    @Bean
    Reachability pushReachability(@Qualifier("pushRecords") RecordSender records, Topics topics, Clock clock) {
        return new ReachabilityActivity(records, topics, clock);
    }

    /** Takes the migration so that the tables are there first. */
    @Bean
    Subscriptions pushSubscriptions(
            @Qualifier("pushSchema") SchemaMigration schema,
            DataSource database,
            PlatformTransactionManager transactions,
            Reachability reachability,
            Clock clock) {
        return new Subscriptions(
                JdbcClient.create(database), new TransactionTemplate(transactions), reachability, clock);
    }

    @Bean
    AnswerCommands pushAnswerCommands(
            @Qualifier("pushSchema") SchemaMigration schema,
            DataSource database,
            PlatformTransactionManager transactions,
            KafkaClients clients,
            @Qualifier("pushRecords") RecordSender records,
            Topics topics,
            Clock clock) {
        var data = new PushPersonalData(JdbcClient.create(database));
        return new AnswerCommands(Service.PUSH_WORKER, data, transactions, clients, records, topics, clock);
    }

    @Bean
    SubscriptionController pushSubscriptionController(
            Subscriptions subscriptions, EndpointPolicy policy, VapidKeyRing keys) {
        return new SubscriptionController(subscriptions, policy, keys);
    }

    @Bean
    ReportTokens pushReportTokens(VapidKeyRing keys) {
        return new ReportTokens(keys);
    }

    @Bean
    ReportController pushReportController(
            ReportTokens tokens, @Qualifier("pushRecords") RecordSender records, Topics topics, Clock clock) {
        return new ReportController(tokens, records, topics.activity(), clock);
    }

    /** What service workers call: they have no login, and show by their request itself what they may do. */
    @Bean
    @Order(49)
    SecurityFilterChain pushOpenPaths(HttpSecurity http, EndUserSecurity users) throws Exception {
        return users.stateless(http.securityMatcher("/api/v1/push/report", "/api/v1/push/renew"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(50)
    SecurityFilterChain pushSecurity(HttpSecurity http, EndUserSecurity users) throws Exception {
        return users.chain(http.securityMatcher("/api/v1/push/**"));
    }

    @Bean
    DeliveryWorker pushWorker(
            @Qualifier("pushSender") ChannelSender sender,
            PushSettings settings,
            KafkaClients clients,
            Topics topics,
            Clock clock,
            Tracing tracing) {
        return new DeliveryWorker(
                Service.PUSH_WORKER,
                sender,
                new WorkerSettings(
                        settings.consumers(),
                        settings.maxInFlight(),
                        Math.max(1, settings.maxInFlight() / 2),
                        settings.batchSize(),
                        WorkerSettings.SEND_LIMIT),
                clients,
                topics,
                clock,
                tracing);
    }
}
