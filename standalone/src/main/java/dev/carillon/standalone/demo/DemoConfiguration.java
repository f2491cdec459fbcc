package dev.carillon.standalone.demo;

import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.ledger.Ledger;
import dev.carillon.platform.auth.AuthSettings;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The demo: only where {@code carillon.standalone.demo} is on, which it is as long as only this machine can connect. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carillon.standalone.demo")
public class DemoConfiguration {
    /** Before the services' chains; it claims nothing of theirs. */
    private static final int ORDER = 5;

    /** What the README's lines and the page do; whoever reaches the port may have this key, so it operates nothing. */
    private static final Set<Scope> SCOPES =
            EnumSet.of(Scope.PUBLISH, Scope.BROADCAST, Scope.URGENT, Scope.RECEIPTS, Scope.MANAGE);

    @Bean
    DemoController standaloneDemo(
            @Value("${carillon.standalone.demo-key}") String key, ApiKeys keys, AuthSettings auth, Clock clock) {
        keys.admit("demo", key, SCOPES);
        String secret = Objects.requireNonNull(auth.jwtSecret(), "the demo signs with the shared secret");
        return new DemoController(key, new EndUserTokens(secret, auth.audience(), clock));
    }

    @Bean
    DemoSeed standaloneDemoSeed(
            @Value("${carillon.standalone.demo-key}") String key, @Value("${server.address}") String host) {
        return new DemoSeed(key, host);
    }

    @Bean
    EventOutcomes standaloneEventOutcomes(Ledger ledger) {
        return new EventOutcomes(ledger);
    }

    @Bean
    RouterProgress standaloneRouterProgress(KafkaClients clients, Topics topics) {
        return new RouterProgress(clients, topics);
    }

    @Bean
    OutcomeController standaloneOutcomes(EventOutcomes outcomes, RouterProgress progress) {
        return new OutcomeController(outcomes, progress);
    }

    /** The whole inbox has an address that one can remember. */
    @Bean
    WebMvcConfigurer standalonePages() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry pages) {
                pages.addViewController("/notifications").setViewName("forward:/notifications.html");
            }
        };
    }

    /** The page's test mails: with the demo's key, to people of the demo and to nobody else. */
    @Bean
    @Order(ORDER)
    SecurityFilterChain standaloneDemoTestMails(HttpSecurity http, @Value("${carillon.standalone.demo-key}") String key)
            throws Exception {
        return open(http.securityMatcher(new DemoTestMails(key)));
    }

    /** Open to whoever reaches the port; the page brings its own Content-Security-Policy. */
    @Bean
    @Order(ORDER)
    SecurityFilterChain standaloneDemoPaths(HttpSecurity http) throws Exception {
        return open(http.securityMatcher(
                "/",
                "/index.html",
                "/notifications",
                "/notifications.html",
                "/*.css",
                "/*.js",
                "/*.svg",
                "/*.webmanifest",
                "/page/**",
                "/demo/**"));
    }

    private static SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
