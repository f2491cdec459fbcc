package dev.carillon.ingest.message;

import dev.carillon.ingest.audience.Belonging;
import dev.carillon.ingest.intake.UserMessages;
import dev.carillon.ingest.recipient.DisplayNames;
import dev.carillon.ingest.type.TypeCatalogue;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessageProperties.class)
public class MessageConfiguration {
    @Bean
    MessageController ingestMessageController(
            MessageProperties properties,
            TypeCatalogue types,
            Belonging belonging,
            DisplayNames names,
            UserMessages messages,
            Clock clock) {
        return new MessageController(
                new SenderRate(properties.perMinute(), clock),
                new SendMessages(new MessageReader(types), belonging, names, messages));
    }
}
