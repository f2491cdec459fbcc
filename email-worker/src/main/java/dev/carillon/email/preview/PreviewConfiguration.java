package dev.carillon.email.preview;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.smtp.Relays;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature; the chain for operators guards its paths. */
@Configuration(proxyBeanMethods = false)
public class PreviewConfiguration {

    @Bean
    PreviewController emailPreviewController(
            MailComposer composer, Senders senders, MailTypes types, Relays relays, Clock clock) {
        return new PreviewController(composer, senders, types, relays, clock);
    }
}
