package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.apikey.Token;
import dev.carillon.ingest.console.oidc.Issuer.Known;
import dev.carillon.ingest.console.oidc.Refused.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;

/** Signs operators in by the authorization code flow of OpenID Connect, with PKCE, state and nonce. */
public final class OidcSignIn {
    /** How long somebody may take at the issuer. */
    public static final Duration PENDING = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
    /** Each holds a thread of the server for as long as the issuer takes. */
    private static final int MOST_AT_ONCE = 8;

    private final Client client;
    private final Issuer issuer;
    private final CodeExchange exchange;
    private final Admission admission;
    private final Clock clock;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
    private final Seldom seldom;

    OidcSignIn(Client client, Issuer issuer, CodeExchange exchange, Admission admission, Clock clock) {
        this.client = client;
        this.issuer = issuer;
        this.exchange = exchange;
        this.admission = admission;
        this.clock = clock;
        this.seldom = new Seldom(clock);
    }

    /**
     * This console, as the issuer knows it.
     *
     * @param origin under which operators reach the console
     * @param scopes separated by spaces
     * @param grant stands for the issuer, this client, and what lets people in
     */
    record Client(String id, String origin, String scopes, String grant) {
        static final String PATH = "/console/session/oidc";

        String redirectUri() {
            return origin + PATH + "/callback";
        }
    }

    /** Where a browser begins, as a whole address: cookies belong to the origin that the issuer sends it back to. */
    public String address() {
        return client.origin() + Client.PATH;
    }

    /** Whether browsers come over TLS, whatever a proxy makes of it. */
    public boolean isSecure() {
        return client.origin().startsWith("https:");
    }

    /** @param returnPath where she wants to go afterwards; what is no page of the console does not count */
    public Begun begin(@Nullable String returnPath) {
        BrowserSecret secret = BrowserSecret.begin(client.grant(), clock.instant(), ReturnPath.of(returnPath));
        String state = secret.state();
        try {
            URI to = issuer.known().metadata().authorization(IssuerHttp.encode(question(state, secret)));
            return new Begun.Redirected(to, BrowserSecret.id(state), secret.text());
        } catch (IssuerFault e) {
            return refused(e);
        }
    }

    /** @param browser what its cookie says */
    public Finished finish(Callback callback, @Nullable String browser) {
        BrowserSecret secret = browser == null ? null : new BrowserSecret(browser, client.grant());
        if (secret == null
                || !secret.isOf(callback.state())
                || !clock.instant().isBefore(secret.begun().plus(PENDING))) {
            return new Refused(
                    Reason.UNKNOWN,
                    "This sign-in was begun in another browser, was used already, or is older than "
                            + PENDING.toMinutes() + " minutes. Begin again.");
        }
        if (!turns.tryAcquire()) {
            return new Refused(Reason.AWAY, "Too many sign in at this moment. Try it again.");
        }
        try {
            return finish(callback, secret, issuer.known());
        } catch (IssuerFault e) {
            return refused(e);
        } finally {
            turns.release();
        }
    }

    private Finished finish(Callback callback, BrowserSecret secret, Known known) throws IssuerFault {
        Metadata metadata = known.metadata();
        if (callback.issuer() == null
                ? metadata.namesItself()
                : !callback.issuer().equals(metadata.issuer())) {
            throw IssuerFault.notBelieved("another issuer answered");
        }
        if (callback.error() != null || callback.code() == null) {
            return new Refused(Reason.DENIED, "The issuer refused: " + callback.errorCode() + ".");
        }
        String token = exchange.idToken(metadata, callback.code(), secret.verifier());
        Jwt jwt = known.keys().check(token, secret.nonce());
        Person person = admission.person(
                metadata.issuer(), Objects.requireNonNull(jwt.getSubject(), "was checked"), jwt.getClaims());
        if (!admission.admits(jwt.getClaims())) {
            LOG.warn("{} may not operate: the claim {} does not say so", person.name(), admission.claim());
            return new Refused(
                    Reason.CLAIM_MISSING,
                    "You are " + person.name() + ", but nothing says that you may operate: the claim "
                            + admission.claim() + " is missing or has none of the values that are wanted.");
        }
        return new Finished.SignedIn(person, secret.returnPath());
    }

    /** What went wrong with the issuer is for the log: whoever reads the page cannot mend it. */
    private Refused refused(IssuerFault fault) {
        seldom.turn()
                .ifPresent(leftOut -> LOG.warn(
                        "A sign-in at the issuer failed, as {} more since this was last said: {}",
                        leftOut,
                        fault.getMessage()));
        return new Refused(
                fault.reason(),
                fault.reason() == Reason.AWAY
                        ? "The issuer does not answer. Try it again, or sign in with a key."
                        : "The issuer's answer could not be trusted. The log of ingest-api says why.");
    }

    /** OpenID Connect Core 1.0, section 3.1.2.1, and RFC 7636, section 4.3. */
    private Map<String, String> question(String state, BrowserSecret secret) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", client.id());
        question.put("redirect_uri", client.redirectUri());
        question.put("scope", client.scopes());
        question.put("state", state);
        question.put("nonce", secret.nonce());
        question.put("code_challenge", Token.urlHash(secret.verifier()));
        question.put("code_challenge_method", "S256");
        return question;
    }
}
