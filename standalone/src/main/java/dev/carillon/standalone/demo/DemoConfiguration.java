package dev.carillon.standalone.demo;

import dev.carillon.platform.auth.AuthSettings;
import dev.carillon.platform.auth.EndUserTokens;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The demo: only where {@code carillon.standalone.demo} is on, which it is as long as only this machine can connect. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carillon.standalone.demo")
public class DemoConfiguration {
    /** Before the services' chains; it claims nothing of theirs. */
    private static final int ORDER = 5;

    @Bean
    DemoController standaloneDemo(
            @Value("${carillon.ingest.bootstrap-key}") String key, AuthSettings auth, Clock clock) {
        String secret = Objects.requireNonNull(auth.jwtSecret(), "the demo signs with the shared secret");
        return new DemoController(key, new EndUserTokens(secret, auth.audience(), clock));
    }

    @Bean
    DemoSeed standaloneDemoSeed(
            @Value("${carillon.ingest.bootstrap-key}") String key, @Value("${server.address}") String host) {
        return new DemoSeed(key, host);
    }

    /** Open to whoever reaches the port; the page brings its own Content-Security-Policy. */
    @Bean
    @Order(ORDER)
    SecurityFilterChain standaloneDemoPaths(HttpSecurity http) throws Exception {
        return http.securityMatcher(
                        "/",
                        "/index.html",
                        "/notifications",
                        "/notifications.html",
                        "/*.css",
                        "/*.js",
                        "/*.svg",
                        "/*.webmanifest",
                        "/page/**",
                        "/demo/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
