package dev.carillon.push;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.push.delivery.DeviceSender;
import dev.carillon.push.delivery.PushMessages;
import dev.carillon.push.delivery.PushSender;
import dev.carillon.push.delivery.PushSettings;
import dev.carillon.push.delivery.UnconfiguredPush;
import dev.carillon.push.delivery.WaitingGroups;
import dev.carillon.push.report.ReportTokens;
import dev.carillon.push.subscription.Subscriptions;
import dev.carillon.push.webpush.MessageEncryption;
import dev.carillon.push.webpush.MessageEncryptions;
import dev.carillon.push.webpush.Origins;
import dev.carillon.push.webpush.PushHttp;
import dev.carillon.push.webpush.PushHttpSettings;
import dev.carillon.push.webpush.VapidKeyRing;
import dev.carillon.push.webpush.VapidSettings;
import dev.carillon.push.webpush.VapidTokens;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How deliveries leave: encrypted, signed and over pooled connections, or not at all where there is no key pair. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushHttpSettings.class)
class PushSendingConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(PushSendingConfiguration.class);

    @Bean(destroyMethod = "close")
    PushHttp pushHttp(PushHttpSettings settings, EndpointPolicy policy, SslBundles bundles, Clock clock) {
        String bundle = settings.sslBundle();
        return PushHttp.start(
                settings,
                policy,
                HostLookup.system(),
                bundle == null ? null : bundles.getBundle(bundle).createSslContext(),
                clock);
    }

    /** Takes the migration so that the table is there first. */
    @Bean
    WaitingGroups pushWaitingGroups(@Qualifier("pushSchema") SchemaMigration schema, DataSource database, Clock clock) {
        return new WaitingGroups(JdbcClient.create(database), clock);
    }

    @Bean
    ChannelSender pushSender(
            VapidKeyRing keys,
            VapidSettings vapid,
            PushSettings settings,
            PushHttpSettings httpSettings,
            EndpointPolicy policy,
            PushHttp http,
            Subscriptions subscriptions,
            WaitingGroups groups,
            ReportTokens reports,
            Clock clock) {
        if (keys.isEmpty()) {
            LOG.info("Push is off: set VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_EMAIL to turn it on");
            return new UnconfiguredPush();
        }
        VapidTokens tokens = new VapidTokens(vapid.subjectOrFail(), clock);
        MessageEncryption encryption = MessageEncryptions.choose(settings.encryption());
        LOG.info("Push is on, encrypted by {}, with the public key {}", encryption.name(), keys.currentPublicKey());
        return new PushSender(
                subscriptions,
                new DeviceSender(
                        keys,
                        tokens,
                        encryption,
                        policy,
                        http,
                        new Origins(httpSettings.timeout(), Math.max(1, settings.maxInFlight() / 2)),
                        new PushMessages(settings.ttl()),
                        clock),
                groups,
                reports,
                clock);
    }
}
