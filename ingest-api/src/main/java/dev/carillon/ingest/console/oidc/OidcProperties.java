package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.apikey.Token;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in to the console at an OpenID Connect issuer, beside operate keys. Off without an issuer.
 *
 * @param issuer as its discovery document writes it: https, or http on this machine; null: nobody signs in this way
 * @param clientId what the issuer calls this client
 * @param clientSecret for a confidential client; null: a public one, which PKCE protects
 * @param scopes to ask for, {@code openid} among them
 * @param claim of the ID token that must let somebody in; {@code realm_access.roles} also finds a field of an object
 * @param values of which the claim must have one, as text or in an array
 * @param displayClaim of the ID token, by which actions name the person; null: {@code oidc:} and her {@code sub}
 * @param life how long somebody who signed in this way stays so at most, whatever is done; at least 1 min
 * @param origin under which operators reach {@code /console/}: https, or http on this machine; null: what
 *     {@code CARILLON_PUBLIC_ORIGIN} says
 * @param label what the button says
 * @param sslBundle name of a Spring SSL bundle with the certificates to trust; none means those of the Java runtime
 */
@ConfigurationProperties("carillon.ingest.console.oidc")
public record OidcProperties(
        @Nullable String issuer,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @Nullable String claim,
        @DefaultValue({}) List<String> values,
        @Nullable String displayClaim,
        @DefaultValue("12h") Duration life,
        @Nullable String origin,
        @DefaultValue("Sign in with single sign-on") String label,
        @Nullable String sslBundle) {

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    public OidcProperties {
        issuer = blankToNull(issuer);
        clientId = blankToNull(clientId);
        clientSecret = blankToNull(clientSecret);
        claim = blankToNull(claim);
        displayClaim = blankToNull(displayClaim);
        origin = blankToNull(origin);
        sslBundle = blankToNull(sslBundle);
        scopes = List.copyOf(scopes);
        values = List.copyOf(values);
        require(life.compareTo(SHORTEST_LIFE) >= 0, "life", "at least 1 min");
        if (issuer != null) {
            require(TrustedAddress.of(issuer) != null, "issuer", TrustedAddress.RULE);
            require(clientId != null, "client-id", "set where issuer is");
            require(claim != null, "claim", "set where issuer is: not everybody whom an issuer knows may operate");
            require(
                    !values.isEmpty() && values.stream().noneMatch(String::isBlank),
                    "values",
                    "one at least, none blank");
            require(scopes.contains("openid"), "scopes", "with openid among them");
        }
    }

    public boolean isOn() {
        return issuer != null;
    }

    /** Stands for what lets people in. Where it changes, whoever was let in before signs in again. */
    public String grant() {
        return Token.hash(issuer + "\n" + clientId + "\n" + claim + "\n" + values);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("carillon.ingest.console.oidc." + name + " must be " + rule);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcProperties[issuer=" + issuer + ", clientId=" + clientId + ", claim=" + claim + ", values=" + values
                + "]";
    }
}
