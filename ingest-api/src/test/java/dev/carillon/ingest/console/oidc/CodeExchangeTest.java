package dev.carillon.ingest.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client says who it is in the way that its issuer takes, and in one only (RFC 6749, section 2.3). */
class CodeExchangeTest {
    private static final String CLIENT = "carillon";
    private static final String SECRET = "s:cret & more";
    private static final String ENCODED = "s%3Acret+%26+more";

    private final IssuerHttp http = new IssuerHttp(null);
    private HttpServer server;
    private volatile @Nullable String header;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    @Test
    void inTheHeaderWhereTheIssuerDoesNotSay() throws IssuerFault {
        exchange(SECRET);
        assertInTheHeader();
    }

    @Test
    void inTheHeaderWhereTheIssuerTakesBoth() throws IssuerFault {
        exchange(SECRET, "client_secret_post", "client_secret_basic");
        assertInTheHeader();
    }

    @Test
    void inTheBodyWhereTheIssuerTakesNothingElse() throws IssuerFault {
        exchange(SECRET, "private_key_jwt", "client_secret_post");
        assertThat(header).isNull();
        assertThat(body.split("&", -1)).contains("client_id=" + CLIENT, "client_secret=" + ENCODED);
    }

    @Test
    void byItsNameAloneWhereItHasNoSecret() throws IssuerFault {
        exchange(null, "client_secret_post");
        assertThat(header).isNull();
        assertThat(body.split("&", -1)).contains("client_id=" + CLIENT);
        assertThat(body).doesNotContain("client_secret");
    }

    private void assertInTheHeader() {
        assertThat(header)
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString((CLIENT + ":" + ENCODED).getBytes(StandardCharsets.UTF_8)));
        assertThat(body).doesNotContain("client_");
    }

    private void exchange(@Nullable String secret, String... methods) throws IssuerFault {
        String name = "http://localhost:" + server.getAddress().getPort();
        String supported = methods.length == 0
                ? ""
                : Arrays.stream(methods)
                        .map(method -> '"' + method + '"')
                        .collect(Collectors.joining(",", ", \"token_endpoint_auth_methods_supported\": [", "]"));
        String document = """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/a", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/k"%2$s}""".formatted(name, supported);
        Metadata issuer = Metadata.read(document.getBytes(StandardCharsets.UTF_8), name);
        CodeExchange exchange = new CodeExchange(http, CLIENT, secret, "https://carillon.example.com/callback");

        assertThat(exchange.idToken(issuer, "the code", "the verifier")).isEqualTo("the token");
        assertThat(List.of(body.split("&", -1)))
                .contains(
                        "grant_type=authorization_code",
                        "code=the+code",
                        "redirect_uri=https%3A%2F%2Fcarillon.example.com%2Fcallback",
                        "code_verifier=the+verifier");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            header = exchange.getRequestHeaders().getFirst("Authorization");
            body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] token = "{\"id_token\": \"the token\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
        }
    }
}
