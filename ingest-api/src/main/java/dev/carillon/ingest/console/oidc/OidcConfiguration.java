package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.console.oidc.OidcSignIn.Client;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** The beans of this feature: none but its settings where no issuer is named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcProperties.class)
public class OidcConfiguration {
    private static final String ISSUER = "carillon.ingest.console.oidc.issuer";
    private static final String ORIGIN = "carillon.ingest.console.oidc.origin";
    /** What {@code CARILLON_PUBLIC_ORIGIN} sets: browsers need one origin. */
    private static final String PUBLIC_ORIGIN = "carillon.email.unsubscribe.origin";

    /** An empty variable names no issuer. */
    static final class IssuerIsNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty(ISSUER));
        }
    }

    /** Signing in. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(IssuerIsNamed.class)
    static class On {
        @Bean(destroyMethod = "close")
        IssuerHttp ingestConsoleIssuerHttp(OidcProperties properties, SslBundles bundles) {
            String bundle = properties.sslBundle();
            return new IssuerHttp(
                    bundle == null ? null : bundles.getBundle(bundle).createSslContext());
        }

        @Bean
        OidcSignIn ingestConsoleOidcSignIn(
                OidcProperties properties, IssuerHttp http, Environment environment, Clock clock) {
            String clientId = Objects.requireNonNull(properties.clientId());
            String issuer = Objects.requireNonNull(properties.issuer());
            String claim = Objects.requireNonNull(properties.claim());
            Client client = new Client(
                    clientId,
                    origin(properties, environment),
                    String.join(" ", properties.scopes()),
                    properties.grant());
            return new OidcSignIn(
                    client,
                    new Issuer(issuer, http::get, new IdTokens(clientId, http, clock), clock),
                    new CodeExchange(http, clientId, properties.clientSecret(), client.redirectUri()),
                    new Admission(claim, properties.values(), properties.displayClaim()),
                    clock);
        }

        private static String origin(OidcProperties properties, Environment environment) {
            String own = properties.origin();
            String said = own == null ? environment.getProperty(PUBLIC_ORIGIN) : own;
            @Nullable URI origin = said == null ? null : TrustedAddress.origin(said.strip());
            if (origin == null) {
                throw new IllegalStateException(
                        ORIGIN + " or CARILLON_PUBLIC_ORIGIN must say under which origin operators"
                                + " reach the console: https://host, or http on this machine");
            }
            return origin.toString();
        }
    }
}
