package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Repeating;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
public class PublicationConfiguration {
    @Bean
    SettingLog ingestSettingLog(@Qualifier("ingestSender") RecordSender sender, PublicationProperties properties) {
        return new KafkaSettingLog(sender, properties.acknowledgeWithin());
    }

    @Bean
    PublishSettings ingestPublishSettings(PlatformTransactionManager transactions, SettingLog log) {
        return new PublishSettings(transactions, log);
    }

    @Bean
    Repeating ingestSweeper(
            PublishSettings publish, List<SettingTable<?>> tables, Clock clock, PublicationProperties properties) {
        Sweeper sweeper = new Sweeper(publish, tables, clock);
        return new Repeating("ingest-sweeper", properties.sweepEvery(), sweeper::sweep);
    }

    @Bean
    RepublishController ingestRepublishController(List<SettingTable<?>> tables) {
        return new RepublishController(tables);
    }
}
