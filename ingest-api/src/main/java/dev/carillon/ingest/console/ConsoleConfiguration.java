package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.RequestKey;
import dev.carillon.platform.auth.EndUserSecurity;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
public class ConsoleConfiguration {
    private static final int CHAIN_ORDER = 102;
    private static final String FILES = "/console/**";
    /** Nothing of another origin is loaded, run or framed. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    Sessions ingestConsoleSessions(
            @Qualifier("ingestJdbc") JdbcClient jdbc, ApiKeys keys, ConsoleProperties properties, Clock clock) {
        return new Sessions(new SessionTable(jdbc), keys, properties, clock);
    }

    @Bean
    RequestKey ingestConsoleKey(Sessions sessions) {
        return new ConsoleKey(sessions);
    }

    @Bean
    SessionController ingestConsoleSessionController(Sessions sessions, ApiKeys keys) {
        return new SessionController(sessions, keys);
    }

    /** The pages hold no secret; what they show they ask for with the session. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain ingestConsolePaths(HttpSecurity http, EndUserSecurity security) throws Exception {
        return security.stateless(http.securityMatcher("/console", FILES))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    WebMvcConfigurer ingestConsoleFiles() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler(FILES).addResourceLocations("classpath:/console/");
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/console", "/console/");
                registry.addViewController("/console/").setViewName("forward:/console/index.html");
            }
        };
    }
}
