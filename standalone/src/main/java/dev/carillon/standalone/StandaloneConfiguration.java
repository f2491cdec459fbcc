package dev.carillon.standalone;

import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.standalone.inbox.InboxConfiguration;
import dev.carillon.standalone.origin.LoopbackHosts;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The five services in one context, with what only the quick start has. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PlatformConfiguration.class, InboxConfiguration.class})
public class StandaloneConfiguration {

    /** Before the services' chains; it claims nothing of theirs. */
    private static final int DEMO_CHAIN = 5;

    @Bean
    @ConditionalOnProperty("carillon.standalone.loopback")
    FilterRegistrationBean<LoopbackHosts> standaloneLoopbackHosts() {
        FilterRegistrationBean<LoopbackHosts> registration = new FilterRegistrationBean<>(new LoopbackHosts());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @Order(DEMO_CHAIN)
    @ConditionalOnProperty("carillon.standalone.demo")
    SecurityFilterChain standaloneDemoPaths(HttpSecurity http) throws Exception {
        return http.securityMatcher("/demo/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
