package dev.carillon.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.ingest.webhook.Endpoint.Health;
import dev.carillon.ingest.webhook.Endpoint.Wanted;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.schemas.outcome.OutcomeState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint's address may lead to. */
class WebhookHttpTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private String origin;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin = "127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/inside", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://" + origin + "/inside");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/inside",
                "https://localhost/inside",
                "https://[::1]/inside",
                "https://10.0.0.7/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::ffff:10.0.0.1]/",
                "https://2130706433/"
            })
    void reachesNoAddressOfTheOwnMachineOrNetwork(String url) {
        assertThat(send(url, HostLookup.system(), false))
                .isInstanceOfSatisfying(
                        Answer.Unreachable.class,
                        unreachable -> assertThat(unreachable.why()).contains("has no public address"));
    }

    @Test
    void looksAtWhatANameLeadsToAtEachConnection() {
        HostLookup lying = host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};

        assertThat(send("https://hooks.example.com/inside", lying, false))
                .isEqualTo(new Answer.Unreachable("the host hooks.example.com has no public address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://hooks.example.com/", "https://hooks.example.com:8443/", "https://a:b@example.com/"})
    void asksNothingThatIsNotPlainHttps(String url) {
        assertThat(send(url, host -> new InetAddress[0], false)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void doesNotFollowARedirect() {
        assertThat(send("http://" + origin + "/moved", HostLookup.system(), true))
                .isEqualTo(new Answer.Refused(307));
        assertThat(asked).hasValue(0);
        assertThat(send("http://" + origin + "/inside", HostLookup.system(), true))
                .isEqualTo(new Answer.Taken(200));
        assertThat(asked).hasValue(1);
    }

    private static Answer send(String url, HostLookup lookup, boolean insecure) {
        EndpointPolicy policy = new EndpointPolicy(List.of("*"), insecure, "hosts");
        Filter filter = new Filter(Set.of(OutcomeState.SENT), Set.of(), Set.of(), Set.of());
        Instant now = Clock.systemUTC().instant();
        Endpoint endpoint = new Endpoint(
                new UUID(0, 1), new Wanted(url, null, filter, true), null, Secrets.fresh(), Health.good(), now);
        try (WebhookHttp http = new WebhookHttp(policy, TIMEOUT, lookup, null, Clock.systemUTC())) {
            return http.send(endpoint, Message.fresh(endpoint.id(), new UUID(0, 2), "webhook.test", null, "{}", now))
                    .join();
        }
    }
}
