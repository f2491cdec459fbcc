package dev.carillon.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.platform.auth.EndUserArgument;
import dev.carillon.platform.auth.KnownCredential;
import dev.carillon.platform.auth.MetricsAccess;
import dev.carillon.platform.auth.OperatorCredential;
import dev.carillon.platform.auth.OperatorSecurity;
import dev.carillon.platform.auth.OperatorSettings;
import dev.carillon.platform.auth.UnclaimedPaths;
import dev.carillon.platform.clock.ClockEndpoint;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.http.InflateNoRequests;
import dev.carillon.platform.http.LetSlowRequestsEnd;
import dev.carillon.platform.http.ProblemAdvice;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.TopicProperties;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.platform.tracing.TracingSettings;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.PropertyNamingStrategies;

/** What every service has; imported by each service's own configuration, and there once however many are composed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    KafkaProperties.class,
    TopicProperties.class,
    MetricsAccess.class,
    OperatorSettings.class,
    TracingSettings.class
})
public class PlatformConfiguration {

    @Bean
    PipelineClock platformClock() {
        return new PipelineClock();
    }

    @Bean
    @ConditionalOnProperty("carillon.clock.test-secret")
    ClockEndpoint platformClockEndpoint(PipelineClock clock, @Value("${carillon.clock.test-secret}") String secret) {
        return new ClockEndpoint(clock, secret);
    }

    @Bean
    Topics platformTopics(TopicProperties properties) {
        return new Topics(properties.toSettings());
    }

    @Bean
    KafkaClients platformKafka(KafkaProperties properties, Topics topics) {
        return new KafkaClients(properties, topics);
    }

    @Bean
    TopicProvisioner platformTopicProvisioner(KafkaClients clients, Topics topics) {
        return new TopicProvisioner(clients, topics);
    }

    @Bean
    Tracing platformTracing(TracingSettings settings) {
        return Tracing.to(settings);
    }

    @Bean
    MeterBinder platformTracingMeters(Tracing tracing) {
        return tracing::measure;
    }

    @Bean
    JsonMapperBuilderCustomizer platformJson() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    @Bean
    ProblemAdvice platformProblems() {
        return new ProblemAdvice();
    }

    @Bean
    ProblemWriter platformProblemWriter() {
        return new ProblemWriter(Json.mapper());
    }

    @Bean
    InflateNoRequests platformInflateNoRequests() {
        return new InflateNoRequests();
    }

    @Bean
    LetSlowRequestsEnd platformLetSlowRequestsEnd() {
        return new LetSlowRequestsEnd();
    }

    @Bean
    WebMvcConfigurer platformWeb() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new EndUserArgument());
            }
        };
    }

    @Bean
    OperatorSecurity platformOperatorSecurity(ObjectProvider<OperatorCredential> credentials, ProblemWriter problems) {
        return new OperatorSecurity(credentials.orderedStream().toList(), problems);
    }

    /** Off: an observation per filter costs more than all filters do; the request's own observation stays. */
    @Bean
    SecurityObservationSettings platformSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Health for probes and the guarded clock of tests; everything that no service claims is denied by the last chain. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain platformOpenPaths(HttpSecurity http) throws Exception {
        return http.securityMatcher("/actuator/health/**", "/internal/clock")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 9)
    SecurityFilterChain platformMetrics(HttpSecurity http, MetricsAccess access, ProblemWriter problems)
            throws Exception {
        return http.securityMatcher("/actuator/prometheus")
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((caller, asked) -> new AuthorizationDecision(access.admits(asked.getRequest()))))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain platformDenyAll(
            HttpSecurity http, ProblemWriter problems, ObjectProvider<KnownCredential> credentials) throws Exception {
        UnclaimedPaths unclaimed =
                new UnclaimedPaths(credentials.orderedStream().toList(), problems);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(unclaimed).accessDeniedHandler(problems))
                .build();
    }
}
