package dev.carillon.standalone.demo;

import dev.carillon.schemas.Json;
import dev.carillon.standalone.origin.UrlHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Registers the demo users and their team over the public API, as an upstream service would, before the start is over;
 * whoever is registered already stays as she is.
 */
final class DemoSeed implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoSeed.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int FIRST_ERROR = 400;

    private final String key;
    private final String host;

    DemoSeed(String key, String host) {
        this.key = key;
        this.host = host;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
        seed("http://" + UrlHost.of(host) + ":" + port);
    }

    private void seed(String origin) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            for (DemoUser user : DemoUser.values()) {
                register(http, origin + "/api/v1/recipients/" + user.id(), user);
            }
            List<String> members = List.of(DemoUser.values()).stream()
                    .map(user -> user.id().value())
                    .toList();
            send(
                    http,
                    request(origin + "/api/v1/audiences/" + DemoUser.TEAM + "/members")
                            .POST(BodyPublishers.ofByteArray(Json.write(Map.of("add", members)))));
        } catch (IOException e) {
            LOG.warn("the demo users could not be registered: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(HttpClient http, String address, DemoUser user) throws IOException, InterruptedException {
        if (send(http, request(address).GET()).statusCode() != NOT_FOUND) {
            return;
        }
        send(
                http,
                request(address)
                        .PUT(BodyPublishers.ofByteArray(Json.write(
                                Map.of("name", user.fullName(), "email", user.email(), "locale", user.locale())))));
        send(
                http,
                request(address + "/preferences")
                        .PUT(BodyPublishers.ofByteArray(Json.write(Map.of("time_zone", user.timeZone())))));
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_ERROR && answer.statusCode() != NOT_FOUND) {
            LOG.warn("the demo's data were refused: {} {}", answer.statusCode(), answer.body());
        }
        return answer;
    }
}
