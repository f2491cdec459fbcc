package dev.carillon.email.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes down what was opened and clicked, and tells it from a thread of its own: nobody who reads waits for a database or a
 * broker. While one of them is away, as many wait as fit; what comes then is lost, and counted. What was told lately is
 * not told again, however often a link is called; what was lost is, at the next click.
 */
final class ReadingLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingLog.class);
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final int REMEMBERED = 20_000;
    private static final int MOST_WAITING = 10_000;
    private static final int AT_ONCE = 200;
    /** In the place of a type, of a mail that tells of several. */
    static final String SEVERAL = "(several)";

    private static final String LOST = "lost";

    private final TellReadings telling;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final BlockingQueue<Reading> waiting;
    private final Cache<Reading.Name, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LATELY)
            .build();
    private final Thread teller;
    private volatile boolean closing;

    ReadingLog(TellReadings telling, MeterRegistry metrics, Clock clock) {
        this(telling, metrics, clock, MOST_WAITING);
    }

    ReadingLog(TellReadings telling, MeterRegistry metrics, Clock clock, int mostWaiting) {
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
        this.telling = telling;
        this.metrics = metrics;
        this.clock = clock;
        this.teller = Thread.ofPlatform().daemon().name("email-reading").start(this::run);
    }

    /**
     * A click means that it was read.
     *
     * @param made when the mail was
     */
    void clicked(Tracker.Click click, Instant made) {
        var done = new Activity.Clicked(click.recipient(), click.notification(), Channel.EMAIL, clock.instant());
        take(new Reading("clicked", click.notification(), click.type(), made, done));
    }

    /** What was shown was seen, not read: mail programs load pictures before anybody looks. */
    void opened(Tracker.Opened opened, Instant made) {
        var done = new Activity.Seen(opened.recipient(), opened.notifications(), clock.instant(), Channel.EMAIL);
        take(new Reading("opened", opened.notifications().getFirst(), opened.type(), made, done));
    }

    /** Never waits. */
    private void take(Reading reading) {
        if (lately.asMap().putIfAbsent(reading.name(), true) == null && !waiting.offer(reading)) {
            lose(List.of(reading));
        }
    }

    private void run() {
        try {
            List<Reading> some = next();
            while (!(closing && some.isEmpty())) {
                if (!some.isEmpty()) {
                    untilTold(some);
                }
                some = next();
            }
        } catch (InterruptedException e) {
            LOG.debug("ended while something was still to be told", e);
        } finally {
            List<Reading> rest = new ArrayList<>();
            waiting.drainTo(rest);
            lose(rest);
        }
    }

    private List<Reading> next() throws InterruptedException {
        List<Reading> some = new ArrayList<>();
        Reading first = waiting.poll(closing ? 0 : PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            some.add(first);
            waiting.drainTo(some, AT_ONCE - 1);
        }
        return some;
    }

    /** Again and again while database or broker is away; once only when this ends. */
    private void untilTold(List<Reading> readings) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                telling.tell(readings).forEach(reading -> count(reading.type(), reading.what()));
                return;
            } catch (DataAccessException | BrokerUnavailableException e) {
                if (failures % 20 == 0) {
                    LOG.warn("what was read in mails is not recorded yet: {}", String.valueOf(e.getMessage()));
                }
                if (closing) {
                    lose(readings);
                    return;
                }
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                lose(readings);
                throw e;
            } catch (RuntimeException e) {
                LOG.error("what was read in {} mails cannot be recorded", readings.size(), e);
                lose(readings);
                return;
            }
        }
    }

    private void lose(List<Reading> readings) {
        for (Reading reading : readings) {
            lately.invalidate(reading.name());
            count(reading.type(), LOST);
        }
    }

    private void count(@Nullable String type, String what) {
        Metric.MAIL_READING
                .counter(metrics, Objects.requireNonNullElse(type, SEVERAL), what)
                .increment();
    }

    /** Tells what waits where that can be done at once. */
    @Override
    public void close() {
        closing = true;
        try {
            teller.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        teller.interrupt();
    }
}
