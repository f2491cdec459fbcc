package dev.carillon.email.attachment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what many mails bring once: a file that is being fetched is waited for by all, one that was fetched is in the
 * memory, and one that could not be is not asked for again at once. Room is taken before a fetch begins.
 */
final class RecentFetches {
    /** Each may collect as much as one mail may bring. */
    private static final int FETCHES_AT_ONCE = 4;

    private static final int OF_ONE_HOST = 2;
    /** What has come, and once more when it is put together. */
    private static final int COPIES = 2;
    /** Below the shortest retry tier (10 s), so that no attempt ends by an earlier one's failure. */
    private static final Duration FAILURES_KEPT = Duration.ofSeconds(5);

    private static final int MOST_FAILURES = 1_000;

    private final FileFetcher fetcher;
    private final FileMemory memory;
    private final Duration patience;
    private final long room;
    private final FetchPlaces places = new FetchPlaces(FETCHES_AT_ONCE, OF_ONE_HOST);
    private final ConcurrentMap<String, CompletableFuture<Fetched>> coming = new ConcurrentHashMap<>();
    private final Cache<String, Fetched> failures;

    /** @param patience how long a fetch waits for a place and for room, each */
    RecentFetches(FileFetcher fetcher, FileMemory memory, AttachmentSettings settings, Duration patience, Clock clock) {
        this.fetcher = fetcher;
        this.memory = memory;
        this.patience = patience;
        this.room = settings.maxSize().toBytes() * COPIES;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_FAILURES)
                .expireAfterWrite(FAILURES_KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** What became of it, or will have; a content is in the memory then, unless others needed the room. */
    CompletableFuture<Fetched> fetch(String address) {
        Fetched known = memory.find(address);
        if (known == null) {
            known = failures.getIfPresent(address);
        }
        return known == null ? coming.computeIfAbsent(address, this::start) : CompletableFuture.completedFuture(known);
    }

    private CompletableFuture<Fetched> start(String address) {
        CompletableFuture<Fetched> end = new CompletableFuture<>();
        Thread.ofVirtual().name("email-attachment").start(() -> {
            Fetched fetched = new Fetched.NotBegun();
            try {
                fetched = inPlace(address);
            } catch (InterruptedException | RuntimeException e) {
                fetched = new Fetched.Unavailable("it could not be fetched: " + e);
            } finally {
                remember(address, fetched);
                coming.remove(address, end);
                end.complete(fetched);
            }
        });
        return end;
    }

    private void remember(String address, Fetched fetched) {
        switch (fetched) {
            case Fetched.Unavailable _, Fetched.Refused _ -> failures.put(address, fetched);
            case Fetched.Content _, Fetched.NotBegun _ -> {}
        }
    }

    /** Waits for a place for less than the mail waits for its files, which so learns that it was only that. */
    private Fetched inPlace(String address) throws InterruptedException {
        String host = host(address);
        if (!places.take(host, patience)) {
            return new Fetched.NotBegun();
        }
        try {
            return memory.take(room, patience) ? inRoom(address) : new Fetched.NotBegun();
        } finally {
            places.giveBack(host);
        }
    }

    private Fetched inRoom(String address) throws InterruptedException {
        Fetched.@Nullable Content content = null;
        try {
            Fetched fetched = fetcher.fetch(address).get();
            content = fetched instanceof Fetched.Content file ? file : null;
            return fetched;
        } catch (ExecutionException e) {
            return new Fetched.Unavailable("it could not be fetched: " + e.getCause());
        } finally {
            if (content == null) {
                memory.giveBack(room);
            } else {
                memory.keep(address, content, room);
            }
        }
    }

    /** Empty for what is no address, which the fetch refuses. */
    private static String host(String address) {
        try {
            return String.valueOf(new URI(address).getHost());
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
