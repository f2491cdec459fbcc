package dev.carillon.standalone;

import dev.carillon.email.EmailWorkerConfiguration;
import dev.carillon.inapp.InappWorkerConfiguration;
import dev.carillon.ingest.IngestApiConfiguration;
import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.push.PushWorkerConfiguration;
import dev.carillon.router.RouterStreamConfiguration;
import dev.carillon.standalone.demo.DemoConfiguration;
import dev.carillon.standalone.inbox.InboxConfiguration;
import dev.carillon.standalone.origin.LoopbackHosts;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** The five services in one context, with what only the quick start has. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import({
    PlatformConfiguration.class,
    IngestApiConfiguration.class,
    RouterStreamConfiguration.class,
    InappWorkerConfiguration.class,
    EmailWorkerConfiguration.class,
    PushWorkerConfiguration.class,
    InboxConfiguration.class,
    DemoConfiguration.class
})
public class StandaloneConfiguration {

    @Bean
    AwaitRouter standaloneAwaitRouter(@Qualifier("routerHealth") HealthIndicator router) {
        return new AwaitRouter(router);
    }

    @Bean
    @ConditionalOnProperty("carillon.standalone.loopback")
    FilterRegistrationBean<LoopbackHosts> standaloneLoopbackHosts() {
        FilterRegistrationBean<LoopbackHosts> registration = new FilterRegistrationBean<>(new LoopbackHosts());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
