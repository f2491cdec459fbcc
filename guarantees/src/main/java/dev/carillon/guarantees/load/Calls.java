package dev.carillon.guarantees.load;

import dev.carillon.fleet.Member;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.guarantees.world.World;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** HTTP to any process of a service, as through a load balancer that does not know which ones live. Safe for all threads. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TOKEN_LIFE = Duration.ofDays(300);

    private final World world;
    private final EndUserTokens tokens;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Calls(World world, Clock clock) {
        this.world = world;
        this.tokens = new EndUserTokens(RunningCarillon.JWT_SECRET, "carillon", clock);
    }

    /** As an upstream service; empty where no answer came. */
    Optional<HttpResponse<String>> upstream(String method, String path, @Nullable Object body, RandomGenerator random)
            throws InterruptedException {
        return send(Service.INGEST_API, method, path, body, RunningCarillon.API_KEY, random);
    }

    /** What one end user tells others; empty where no answer came. */
    Optional<HttpResponse<String>> message(String user, Object body, RandomGenerator random)
            throws InterruptedException {
        return send(Service.INGEST_API, "POST", "/api/v1/messages", body, token(user), random);
    }

    /** As a mail program that follows a link of one click; empty where no answer came. */
    Optional<HttpResponse<String>> oneClick(String path, RandomGenerator random) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(anyOrigin(Service.EMAIL_WORKER, random) + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        return send(request);
    }

    /** As an end user; empty where no answer came. */
    Optional<HttpResponse<String>> endUser(
            String user, String method, String path, @Nullable Object body, RandomGenerator random)
            throws InterruptedException {
        return send(Service.INAPP_WORKER, method, path, body, token(user), random);
    }

    String token(String user) {
        return tokens.issue(new RecipientId(user), TOKEN_LIFE);
    }

    String anyOrigin(Service service, RandomGenerator random) {
        List<Member> members = world.fleet().members(service);
        return members.get(random.nextInt(members.size())).origin();
    }

    private Optional<HttpResponse<String>> send(
            Service service, String method, String path, @Nullable Object body, String bearer, RandomGenerator random)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(anyOrigin(service, random) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        return send(request);
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) throws InterruptedException {
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
