package dev.carillon.ingest.apikey;

import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.auth.KnownCredential;
import dev.carillon.platform.auth.OperatorCredential;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.platform.repeat.Repeating;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** The beans of this feature, and who may enter where. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiKeyProperties.class, BootstrapProperties.class})
public class ApiKeyConfiguration {
    private static final int CHAIN_ORDER = 100;
    private static final String WANTED = "a valid API key is required here, not an end user's token";

    @Bean
    ApiKeyTable ingestApiKeyTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new ApiKeyTable(jdbc);
    }

    @Bean
    KeyRing ingestKeyRing(ApiKeyTable table) {
        return new KeyRing(table::byHash);
    }

    @Bean
    Repeating ingestKeyRefresh(KeyRing ring, ApiKeyProperties properties) {
        return new Repeating("ingest-keys", Duration.ZERO, properties.refresh(), ring::reload);
    }

    @Bean
    ApiKeys ingestApiKeys(ApiKeyTable table, KeyRing ring, Clock clock) {
        return new ApiKeys(table, ring, clock);
    }

    @Bean
    BootstrapKey ingestBootstrapKey(ApiKeys keys, BootstrapProperties properties) {
        return new BootstrapKey(keys, properties.bootstrapKey());
    }

    @Bean
    ApiKeyController ingestApiKeyController(ApiKeys keys) {
        return new ApiKeyController(keys);
    }

    @Bean
    KnownCredential ingestApiKeyCredential(KeyRing keys) {
        return token -> keys.find(token) != null;
    }

    @Bean
    OperatorCredential ingestOperatorCredential(KeyRing keys) {
        return token -> {
            ApiKey key = keys.find(token);
            return key != null && key.may(Scope.OPERATE);
        };
    }

    /** Upstream services and operators: a key with the right scope. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain ingestApiKeyChain(
            HttpSecurity http,
            EndUserSecurity security,
            KeyRing keys,
            ObjectProvider<RequestKey> others,
            KeyRate rate,
            ProblemWriter problems)
            throws Exception {
        ApiKeyFilter filter = new ApiKeyFilter(keys, others.orderedStream().toList(), rate, problems);
        http.securityMatchers(matchers -> matchers.requestMatchers(ApiKeyPaths.PUBLISH)
                .requestMatchers(ApiKeyPaths.MANAGE)
                .requestMatchers(ApiKeyPaths.OPERATE));
        security.stateless(http)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(problems.wanting(WANTED))
                        .accessDeniedHandler(new ScopeProblems(problems)))
                .addFilterBefore(new UnreadBody(), DisableEncodeUrlFilter.class)
                .addFilterBefore(filter, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, ApiKeyPaths.LOOK)
                        .hasAnyAuthority(Scope.PUBLISH.authority(), Scope.MANAGE.authority(), Scope.OPERATE.authority())
                        .requestMatchers(HttpMethod.POST, ApiKeyPaths.TRY)
                        .hasAnyAuthority(Scope.PUBLISH.authority(), Scope.MANAGE.authority(), Scope.OPERATE.authority())
                        .requestMatchers(ApiKeyPaths.PUBLISH)
                        .hasAuthority(Scope.PUBLISH.authority())
                        .requestMatchers(ApiKeyPaths.MANAGE)
                        .hasAuthority(Scope.MANAGE.authority())
                        .requestMatchers(ApiKeyPaths.OPERATE)
                        .hasAuthority(Scope.OPERATE.authority()));
        return http.build();
    }

    /** End users: a token of their own. */
    @Bean
    @Order(CHAIN_ORDER + 1)
    SecurityFilterChain ingestEndUserChain(HttpSecurity http, EndUserSecurity security) throws Exception {
        http.securityMatcher("/api/v1/preferences", "/api/v1/notification-types", "/api/v1/messages", "/api/v1/why/**");
        return security.chain(http);
    }
}
