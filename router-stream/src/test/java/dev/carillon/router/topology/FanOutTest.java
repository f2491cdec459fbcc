package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanOutTest {
    private static final int MEMBERS = 600;

    private RouterDriver router;

    @BeforeEach
    void start(@TempDir Path directory) {
        router = new RouterDriver(directory);
        IntStream.range(0, MEMBERS).forEach(i -> router.join("crowd", name(i), i + 1, router.clock.instant()));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    /** In front of the cursor and behind it: who joins is not told, who leaves before her turn neither. */
    @Test
    void tellsWhoBelongedWhenTheEventCameAndStillDoes() {
        router.send(router.event("wide").toAudiences("crowd"));
        router.advance(Duration.ofMillis(1), 1);
        List<Delivery> first = router.deliveries(Channel.INAPP);
        assertThat(first).hasSizeBetween(1, MEMBERS - 1);

        router.join("crowd", "aaa", 1_000, router.clock.instant());
        router.join("crowd", "zzz", 1_001, router.clock.instant());
        router.leave("crowd", name(0), 1_002);
        router.leave("crowd", name(MEMBERS - 1), 1_003);
        router.advance(Duration.ofMillis(1));

        List<String> rest = router.deliveries(Channel.INAPP).stream()
                .map(delivery -> delivery.recipient().value())
                .toList();
        assertThat(first.size() + rest.size()).isEqualTo(MEMBERS - 1);
        assertThat(new TreeSet<>(rest)).hasSameSizeAs(rest).doesNotContain("aaa", "zzz", name(0), name(MEMBERS - 1));
    }

    @Test
    void holdsTheContentOnceHoweverManyWait() {
        String body = "a body that is worth keeping once ".repeat(200);
        router.send(router.event("wide")
                .toAudiences("crowd")
                .body(body)
                .deliverAtLocal(LocalDateTime.parse("2026-11-22T09:00")));
        router.advance(Duration.ofHours(40), 1_000);

        long bytes = 0;
        int copies = 0;
        try (var all = router.store(Stores.HOLDS).all()) {
            while (all.hasNext()) {
                byte[] value = all.next().value;
                bytes += value.length;
                copies += new String(value, StandardCharsets.UTF_8).contains("worth keeping") ? 1 : 0;
            }
        }
        assertThat(copies).isEqualTo(1);
        assertThat(bytes).isLessThan(MEMBERS * 1_200L);

        router.advance(Duration.ofHours(10), 2_000);
        assertThat(router.deliveries(Channel.INAPP).size()).isEqualTo(MEMBERS);
        try (var all = router.store(Stores.HOLDS).all()) {
            assertThat(all.hasNext()).as("anything left").isFalse();
        }
    }

    private static String name(int i) {
        return "member-%04d".formatted(i);
    }
}
