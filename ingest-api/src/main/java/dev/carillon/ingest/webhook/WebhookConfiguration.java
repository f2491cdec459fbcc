package dev.carillon.ingest.webhook;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.personal.KeptRows;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.platform.repeat.Repeating;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
@Import(WebhookConfiguration.Sending.class)
public class WebhookConfiguration {
    private static final Duration REFRESH = Duration.ofSeconds(2);

    @Bean
    EndpointTable ingestWebhookTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new EndpointTable(jdbc);
    }

    @Bean
    MessageTable ingestWebhookMessages(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new MessageTable(jdbc);
    }

    /** What was to be told of somebody who is erased is told to nobody. */
    @Bean
    KeepsRecipients ingestKeptWebhookMessages(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new KeptRows(jdbc, "ingest.webhook_message");
    }

    @Bean
    Backlog ingestWebhookBacklog(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new Backlog(jdbc);
    }

    @Bean
    Subscriptions ingestWebhookSubscriptions(EndpointTable table) {
        return new Subscriptions(table);
    }

    @Bean
    Repeating ingestWebhookRefresh(Subscriptions subscriptions) {
        return new Repeating("ingest-webhook-refresh", Duration.ZERO, REFRESH, subscriptions::reload);
    }

    @Bean
    CollectOutcomes ingestWebhookCollect(
            Subscriptions subscriptions, TypeCatalogue types, MessageTable messages, Clock clock) {
        return new CollectOutcomes(subscriptions, types, messages, clock);
    }

    @Bean(destroyMethod = "close")
    WebhookHttp ingestWebhookHttp(WebhookProperties properties, SslBundles bundles, Clock clock) {
        String bundle = properties.sslBundle();
        return new WebhookHttp(
                properties.policy(),
                properties.timeout(),
                HostLookup.system(),
                bundle == null ? null : bundles.getBundle(bundle).createSslContext(),
                clock);
    }

    @Bean
    AttemptMessage ingestWebhookAttempt(
            WebhookHttp http,
            MessageTable messages,
            EndpointTable endpoints,
            WebhookProperties properties,
            MeterRegistry meters,
            Clock clock) {
        return new AttemptMessage(http, messages, endpoints, properties.disableAfter(), meters, clock);
    }

    @Bean
    Webhooks ingestWebhooks(
            EndpointTable endpoints,
            MessageTable messages,
            Backlog backlog,
            Subscriptions subscriptions,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Webhooks(endpoints, messages, backlog, subscriptions, new TransactionTemplate(transactions), clock);
    }

    @Bean
    WebhookController ingestWebhookController(
            Webhooks webhooks, EndpointTable table, Backlog backlog, WebhookProperties properties, Clock clock) {
        return new WebhookController(webhooks, table, backlog, new EndpointReader(properties.policy()), clock);
    }

    @Bean
    WebhookDeliveryController ingestWebhookDeliveryController(
            Webhooks webhooks, MessageTable messages, AttemptMessage attempt) {
        return new WebhookDeliveryController(webhooks, messages, attempt);
    }

    /** The role that sends. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "carillon.ingest.webhook.enabled", havingValue = "true", matchIfMissing = true)
    static class Sending {
        private static final Duration FIRST_SWEEP = Duration.ofSeconds(5);
        private static final Duration SWEEP = Duration.ofMinutes(1);

        @Bean(destroyMethod = "close")
        Dispatch ingestWebhookDispatch(
                Subscriptions subscriptions,
                MessageTable messages,
                AttemptMessage attempt,
                WebhookProperties properties,
                Clock clock) {
            return new Dispatch(subscriptions, messages, attempt, properties.concurrency(), clock);
        }

        @Bean
        Repeating ingestWebhookLook(Dispatch dispatch, WebhookProperties properties) {
            return new Repeating("ingest-webhooks", properties.poll(), dispatch::look);
        }

        @Bean
        SweepWebhooks ingestWebhookSweeping(
                EndpointTable endpoints,
                Backlog backlog,
                WebhookProperties properties,
                MeterRegistry meters,
                Clock clock) {
            return new SweepWebhooks(endpoints, backlog, properties, meters, clock);
        }

        @Bean
        Repeating ingestWebhookSweep(SweepWebhooks sweeping) {
            return new Repeating("ingest-webhook-sweep", FIRST_SWEEP, SWEEP, sweeping::sweep);
        }
    }
}
