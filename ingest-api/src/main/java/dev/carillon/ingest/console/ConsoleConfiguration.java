package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.RequestKey;
import dev.carillon.ingest.console.oidc.OidcConfiguration;
import dev.carillon.ingest.console.oidc.OidcProperties;
import dev.carillon.ingest.console.oidc.OidcSignIn;
import dev.carillon.platform.auth.EndUserSecurity;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
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
@Import(OidcConfiguration.class)
public class ConsoleConfiguration {
    private static final int CHAIN_ORDER = 102;
    private static final String FILES = "/console/**";

    @Bean
    Sessions ingestConsoleSessions(
            @Qualifier("ingestJdbc") JdbcClient jdbc,
            ApiKeys keys,
            ConsoleProperties properties,
            OidcProperties oidc,
            Clock clock) {
        return new Sessions(new SessionTable(jdbc), keys, properties, oidc, clock);
    }

    /** The origin that the issuer sends browsers back to says what they come over, if a proxy does not. */
    @Bean
    ConsoleCookies ingestConsoleCookies(ObjectProvider<OidcSignIn> signIn) {
        OidcSignIn on = signIn.getIfAvailable();
        return new ConsoleCookies(on != null && on.isSecure());
    }

    @Bean
    RequestKey ingestConsoleKey(Sessions sessions, ConsoleCookies cookies) {
        return new ConsoleKey(sessions, cookies);
    }

    @Bean
    SessionController ingestConsoleSessionController(Sessions sessions, ApiKeys keys, ConsoleCookies cookies) {
        return new SessionController(sessions, keys, cookies);
    }

    @Bean
    OidcController ingestConsoleOidcController(
            Sessions sessions, ConsoleCookies cookies, OidcProperties properties, ObjectProvider<OidcSignIn> signIn) {
        return new OidcController(sessions, cookies, properties.label(), signIn.getIfAvailable());
    }

    /** The pages hold no secret; what they show they ask for with the session. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain ingestConsolePaths(HttpSecurity http, EndUserSecurity security) throws Exception {
        return security.pages(http.securityMatcher("/console", FILES));
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
