package dev.carillon.email.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FileMemoryTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final FileMemory memory = new FileMemory(10_000, Duration.ofMinutes(5), clock);

    private boolean takes(long bytes) throws InterruptedException {
        return memory.take(bytes, Duration.ZERO);
    }

    private CompletableFuture<Void> waitFor(long bytes) throws InterruptedException {
        CompletableFuture<Void> took = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            try {
                assertThat(memory.take(bytes, LONG)).isTrue();
                took.complete(null);
            } catch (InterruptedException e) {
                took.completeExceptionally(e);
            }
        });
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return took;
    }

    @Test
    void whoNeedsMuchIsNotPassedByThoseWhoNeedLittle() throws Exception {
        assertThat(takes(6_000)).isTrue();
        CompletableFuture<Void> much = waitFor(9_000);

        assertThat(takes(1_000)).as("there would be room, behind the other").isFalse();
        memory.giveBack(6_000);
        much.get();
        assertThat(memory.taken()).isEqualTo(9_000);
        assertThat(takes(1_000)).isTrue();
    }

    @Test
    void whatNobodyUsesGivesWayTheLongestUnusedFirst() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            assertThat(takes(2_000)).isTrue();
            memory.keep(name, new Fetched.Content(new byte[1_500], null), 2_000);
        }
        FileMemory.Kept used = memory.use("a");
        assertThat(used).isNotNull();

        assertThat(takes(3_000)).isTrue();
        assertThat(memory.find("b")).as("the longest unused").isNull();
        assertThat(memory.find("c")).isNotNull();
        assertThat(takes(6_000)).as("one is in use").isFalse();
        assertThat(memory.find("a")).isNotNull();
    }

    @Test
    void whatIsOldIsForgottenAndTakesRoomAsLongAsItIsUsed() throws Exception {
        assertThat(takes(5_000)).isTrue();
        memory.keep("a", new Fetched.Content(new byte[4_000], null), 5_000);
        FileMemory.Kept used = memory.use("a");
        clock.advance(Duration.ofMinutes(5));

        assertThat(memory.find("a")).isNull();
        assertThat(memory.taken()).isGreaterThan(4_000);
        if (used != null) {
            memory.release(used);
        }
        assertThat(memory.taken()).isZero();
    }
}
