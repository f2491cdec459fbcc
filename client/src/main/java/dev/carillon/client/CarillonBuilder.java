package dev.carillon.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a client needs to know, and what it may be told. */
public final class CarillonBuilder {
    private final URI origin;
    private @Nullable String key;
    private Duration timeout = Duration.ofSeconds(10);
    private Retries retries = Retries.defaults();
    private Http.Pause pause = Thread::sleep;

    CarillonBuilder(String origin) {
        this.origin = URI.create(origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin);
    }

    /** The API key: {@code ck_…}. Required. */
    public CarillonBuilder key(String token) {
        this.key = token;
        return this;
    }

    /** How long one attempt may take; by default 10 s. */
    public CarillonBuilder timeout(Duration limit) {
        this.timeout = limit;
        return this;
    }

    /** By default {@link Retries#defaults()}. */
    public CarillonBuilder retries(Retries other) {
        this.retries = other;
        return this;
    }

    /** For tests, which do not wait. */
    CarillonBuilder pause(Http.Pause other) {
        this.pause = other;
        return this;
    }

    public Carillon build() {
        if (key == null) {
            throw new IllegalStateException("an API key is required");
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        return new Carillon(new Http(client, origin, key, timeout, retries, pause, RandomGenerator.getDefault()));
    }
}
