package dev.carillon.ingest.console.oidc;

import dev.carillon.schemas.Json;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 3).
 *
 * @param namesItself whether its answers say who it is (RFC 9207)
 * @param secretInBody whether it takes a client's secret there and not in the header
 */
record Metadata(String issuer, URI authorization, URI token, URI keys, boolean namesItself, boolean secretInBody) {
    private static final String PATH = "/.well-known/openid-configuration";
    private static final int LONGEST_NAME = 200;

    /** Where the document of {@code issuer} is; a slash at its end is left out (section 4). */
    static URI address(String issuer) {
        return URI.create(issuer.replaceFirst("/$", "") + PATH);
    }

    /** @param issuer the one that was asked, which the document must name */
    static Metadata read(byte[] document, String issuer) throws IssuerFault {
        JsonNode node = parse(document);
        String named = node.path("issuer").asString("");
        if (!named.equals(issuer)) {
            throw IssuerFault.notBelieved("the issuer calls itself '" + PlainLine.of(named, LONGEST_NAME)
                    + "', the setting says '" + issuer + "'");
        }
        List<String> methods = StreamSupport.stream(
                        node.path("token_endpoint_auth_methods_supported").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
        return new Metadata(
                named,
                endpoint(node, "authorization_endpoint", issuer),
                endpoint(node, "token_endpoint", issuer),
                endpoint(node, "jwks_uri", issuer),
                node.path("authorization_response_iss_parameter_supported").asBoolean(false),
                methods.contains("client_secret_post") && !methods.contains("client_secret_basic"));
    }

    /** Where a browser asks for a code; what the address asks already stays (RFC 6749, section 3.1). */
    URI authorization(String question) {
        String before = authorization.getRawQuery() == null ? "?" : "&";
        return URI.create(authorization + before + question);
    }

    private static JsonNode parse(byte[] document) throws IssuerFault {
        try {
            return Json.mapper().readTree(document);
        } catch (JacksonException e) {
            throw IssuerFault.notBelieved("the issuer's discovery document is no JSON");
        }
    }

    private static URI endpoint(JsonNode node, String name, String issuer) throws IssuerFault {
        URI uri = TrustedAddress.endpoint(node.path(name).asString(""), issuer);
        if (uri == null) {
            throw IssuerFault.notBelieved("the issuer's " + name
                    + " must be an https address, or an http one on this machine where the issuer's is");
        }
        return uri;
    }
}
