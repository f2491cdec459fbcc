package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class WithoutRelayTest {

    private static final Delivery ADA = Deliveries.single(
            Deliveries.address("ada@example.org", null, null), Deliveries.content("Hello", null, null));

    private final WorkerUnderTest worker = new WorkerUnderTest();
    private @Nullable ConfigurableApplicationContext running;

    private ConfigurableApplicationContext start(String... settings) {
        ConfigurableApplicationContext context = CarillonService.application(EmailWorkerApplication.class, 0)
                .run(worker.arguments(settings).toArray(String[]::new));
        running = context;
        return context;
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private Reason reason(OutcomeState state) {
        return worker.outcomes(ADA, all -> all.stream().anyMatch(outcome -> outcome.state() == state)).stream()
                .filter(outcome -> outcome.state() == state)
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    void anUnconfiguredChannelIsOffAndTheServiceIsWell() throws Exception {
        ConfigurableApplicationContext context = start();
        worker.send(ADA.asFollowed());

        assertThat(reason(OutcomeState.SKIPPED)).isEqualTo(Reason.CHANNEL_NOT_CONFIGURED);
        assertThat(worker.activity("ada", 1)).singleElement().isInstanceOfSatisfying(Activity.Ended.class, ended -> {
            assertThat(ended.state()).isEqualTo(OutcomeState.SKIPPED);
            assertThat(ended.reason()).isEqualTo(Reason.CHANNEL_NOT_CONFIGURED);
        });
        assertThat(health(context, "readiness").statusCode()).isEqualTo(200);
        assertThat(health(context, "liveness").body()).contains("UP");
    }

    @Test
    void aMailWaitsForARelayThatIsAway() {
        try (FakeRelay fake = FakeRelay.start().next(On.GREETING, Reaction.drop())) {
            start(WorkerUnderTest.towards(fake.port()));
            worker.send(ADA);

            assertThat(reason(OutcomeState.RETRYING)).isEqualTo(Reason.CONNECTION_FAILED);
            await().atMost(WorkerUnderTest.WAIT).until(() -> fake.received().size() == 1);
        }
    }

    @Test
    void withoutATokenNobodyIsAnOperator() throws Exception {
        List<String> arguments = new ArrayList<>(worker.arguments());
        arguments.removeIf(argument -> argument.startsWith("--carillon.operator.token"));
        ConfigurableApplicationContext context =
                CarillonService.application(EmailWorkerApplication.class, 0).run(arguments.toArray(String[]::new));
        running = context;

        for (String authorization : List.of("Bearer " + WorkerUnderTest.OPERATOR, "Bearer ", "Bearer null", "none")) {
            HttpRequest request = HttpRequest.newBuilder(uri(context, "/api/v1/email/suppressions"))
                    .header("Authorization", authorization)
                    .build();
            assertThat(send(request).statusCode()).as(authorization).isEqualTo(401);
        }
        HttpRequest nobody = HttpRequest.newBuilder(uri(context, "/api/v1/email/suppressions"))
                .build();
        assertThat(send(nobody).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> health(ConfigurableApplicationContext context, String probe)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(context, "/actuator/health/" + probe))
                .build());
    }

    private static URI uri(ConfigurableApplicationContext context, String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
