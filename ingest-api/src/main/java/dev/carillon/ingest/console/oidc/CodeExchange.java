package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.console.oidc.IssuerHttp.Reply;
import dev.carillon.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Gets the ID token for a code (RFC 6749, section 4.1.3). */
final class CodeExchange {
    private static final int LONGEST_ERROR = 80;

    private final IssuerHttp http;
    private final String clientId;
    private final @Nullable String secret;
    private final String redirectUri;

    CodeExchange(IssuerHttp http, String clientId, @Nullable String secret, String redirectUri) {
        this.http = http;
        this.clientId = clientId;
        this.secret = secret;
        this.redirectUri = redirectUri;
    }

    /**
     * The client says who it is in one way, as section 2.3 wants: in the header or in the body.
     *
     * @param verifier whose challenge was sent with the wish for the code (RFC 7636)
     */
    String idToken(Metadata issuer, String code, String verifier) throws IssuerFault {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", verifier);
        String header = secret == null || issuer.secretInBody() ? null : basic(secret);
        if (header == null) {
            form.put("client_id", clientId);
        }
        if (header == null && secret != null) {
            form.put("client_secret", secret);
        }
        Reply reply = http.post(issuer.token(), form, header);
        JsonNode answer = read(reply);
        if (!reply.isOk()) {
            throw IssuerFault.notBelieved("the issuer gave no token for the code: " + reply.status() + " "
                    + PlainLine.of(answer.path("error").asString(""), LONGEST_ERROR));
        }
        String token = answer.path("id_token").asString("");
        if (token.isEmpty()) {
            throw IssuerFault.notBelieved("the issuer's answer has no id_token");
        }
        return token;
    }

    /** RFC 6749, section 2.3.1: both halves are encoded as in a form first. */
    private String basic(String password) {
        String both = IssuerHttp.encode(clientId) + ":" + IssuerHttp.encode(password);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(Reply reply) throws IssuerFault {
        try {
            return Json.mapper().readTree(reply.body());
        } catch (JacksonException e) {
            throw IssuerFault.notBelieved("the issuer's answer is no JSON, its status " + reply.status());
        }
    }
}
