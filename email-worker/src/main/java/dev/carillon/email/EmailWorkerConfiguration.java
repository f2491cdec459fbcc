package dev.carillon.email;

import dev.carillon.email.delivery.DeliveryConfiguration;
import dev.carillon.email.personal.PersonalConfiguration;
import dev.carillon.email.preview.PreviewConfiguration;
import dev.carillon.email.suppression.SuppressionConfiguration;
import dev.carillon.email.tracking.TrackingConfiguration;
import dev.carillon.email.unsubscribe.UnsubscribeConfiguration;
import dev.carillon.platform.PlatformConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole e-mail worker, to be imported: by its own application, or by one that composes all services. */
@Configuration(proxyBeanMethods = false)
@Import({
    PlatformConfiguration.class,
    DeliveryConfiguration.class,
    UnsubscribeConfiguration.class,
    SuppressionConfiguration.class,
    TrackingConfiguration.class,
    PreviewConfiguration.class,
    PersonalConfiguration.class
})
public class EmailWorkerConfiguration {}
