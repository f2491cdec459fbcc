package dev.carillon.ingest.console.oidc;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.console.oidc.Issuer.Documents;
import dev.carillon.ingest.console.oidc.OidcSignIn.Client;
import dev.carillon.ingest.console.oidc.Refused.Reason;
import dev.carillon.testsupport.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerTest {
    private static final String NAME = "https://id.example.com";
    private static final Duration HANGS = Duration.ofSeconds(5);
    private static final byte[] DOCUMENT = """
            {"issuer": "https://id.example.com", "authorization_endpoint": "https://id.example.com/a",
             "token_endpoint": "https://id.example.com/t", "jwks_uri": "https://id.example.com/k"}""".getBytes(StandardCharsets.UTF_8);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final IssuerHttp http = new IssuerHttp(null);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        over.countDown();
        threads.close();
        http.close();
    }

    @Test
    void anIssuerThatHangsIsAskedOnceForAllWhoWait() throws Exception {
        Issuer issuer = issuer(_ -> {
            throw hang();
        });
        CompletableFuture<Reason> first = supplyAsync(() -> fault(issuer), threads);
        assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Reason> second = supplyAsync(() -> fault(issuer), threads);
        over.countDown();
        assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(Reason.AWAY);
        assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(Reason.AWAY);
        clock.advance(Duration.ofSeconds(14));
        assertThat(fault(issuer)).isEqualTo(Reason.AWAY);
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(fault(issuer)).isEqualTo(Reason.AWAY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsKnownStaysSoWhileTheIssuerIsAwayAndNobodyWaitsForIt() throws Exception {
        Issuer issuer = issuer(_ -> {
            if (asked.get() == 1) {
                return DOCUMENT;
            }
            throw hang();
        });
        assertThat(issuer.known().metadata().issuer()).isEqualTo(NAME);
        clock.advance(Duration.ofMinutes(11));
        CompletableFuture<String> refreshing = supplyAsync(() -> name(issuer), threads);
        assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(name(issuer)).isEqualTo(NAME);
        over.countDown();
        assertThat(refreshing.get(1, TimeUnit.MINUTES)).isEqualTo(NAME);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsKnownDoesNotCountWhereTheIssuerIsNotBelieved() throws Exception {
        Issuer issuer = issuer(_ -> asked.get() == 1 ? DOCUMENT : "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(issuer.known().metadata().issuer()).isEqualTo(NAME);
        clock.advance(Duration.ofMinutes(11));
        assertThat(fault(issuer)).isEqualTo(Reason.NOT_BELIEVED);
    }

    @Test
    void eightAtOnceWaitForTheIssuerAndTheNextIsToldSo() throws Exception {
        Issuer issuer = issuer(_ -> {
            throw hang();
        });
        OidcSignIn signIn = new OidcSignIn(
                new Client("carillon", "https://carillon.example.com", "openid", "grant"),
                issuer,
                new CodeExchange(http, "carillon", null, "https://carillon.example.com/callback"),
                new Admission("groups", List.of("ops"), null),
                clock);
        BrowserSecret secret = BrowserSecret.begin("grant", clock.instant(), ReturnPath.START);
        Callback callback = new Callback(secret.state(), "code", null, null);
        List<CompletableFuture<String>> all = IntStream.range(0, 9)
                .mapToObj(_ -> supplyAsync(() -> detail(signIn.finish(callback, secret.text())), threads))
                .toList();
        assertThat(CompletableFuture.anyOf(all.toArray(CompletableFuture<?>[]::new))
                        .get(1, TimeUnit.MINUTES))
                .asString()
                .startsWith("Too many");
        over.countDown();
        Stream<String> answers = all.stream().map(CompletableFuture::join);
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("The issuer does not answer"))
                .hasSize(8);
        assertThat(detail(signIn.finish(callback, secret.text()))).startsWith("The issuer does not answer");
    }

    private Issuer issuer(Documents documents) {
        return new Issuer(
                NAME,
                uri -> {
                    asked.incrementAndGet();
                    return documents.get(uri);
                },
                new IdTokens("carillon", http, clock),
                clock);
    }

    /** The time-out of the clock that the test moves. */
    private IssuerFault hang() {
        hanging.countDown();
        try {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        clock.advance(HANGS);
        return IssuerFault.away("it hangs", null);
    }

    private static Reason fault(Issuer issuer) {
        try {
            throw new AssertionError(issuer.known().toString());
        } catch (IssuerFault e) {
            return e.reason();
        }
    }

    private static String name(Issuer issuer) {
        try {
            return issuer.known().metadata().issuer();
        } catch (IssuerFault e) {
            throw new AssertionError(e);
        }
    }

    private static String detail(Finished finished) {
        return finished instanceof Refused refused ? refused.detail() : finished.toString();
    }
}
