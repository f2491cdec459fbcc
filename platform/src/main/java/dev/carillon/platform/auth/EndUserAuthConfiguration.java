package dev.carillon.platform.auth;

import dev.carillon.platform.cors.CorsSettings;
import dev.carillon.platform.cors.CrossOriginCalls;
import dev.carillon.platform.http.ProblemWriter;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For services that end users call: the check of their tokens. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuthSettings.class, CorsSettings.class})
public class EndUserAuthConfiguration {

    @Bean
    EndUserSecurity platformEndUserSecurity(
            AuthSettings settings, CorsSettings cors, Clock clock, ProblemWriter problems) {
        return new EndUserSecurity(settings, new CrossOriginCalls(cors, problems), clock, problems);
    }

    @Bean
    KnownCredential platformEndUserCredential(EndUserSecurity security) {
        return security::admits;
    }
}
