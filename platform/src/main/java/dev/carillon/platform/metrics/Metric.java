package dev.carillon.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Every meter of ours; docs/metrics.md is made of it. Tags are few and of bounded number: never an id of a person, event
 * or notification.
 */
public enum Metric {
    EVENTS(
            "carillon.ingest.events",
            Kind.COUNTER,
            "events",
            "what became of events that came over HTTP: `accepted`, `refused`, or `unknown` where the broker did not acknowledge in time",
            "result"),
    OUTCOMES(
            "carillon.outcomes",
            Kind.COUNTER,
            "steps",
            "steps in the lives of notifications as the ledger writes them: decisions (`routed`, `held`, `suppressed`, …),"
                    + " attempts (`sent`, `retrying`, `dead`, `skipped`) and other ends, by reason. Counted where the ledger is"
                    + " written; of in-app deliveries only those that are not stored",
            "channel",
            "state",
            "reason"),
    DELIVERED(
            "carillon.delivered",
            Kind.TIMER,
            "seconds",
            "from the acceptance of an event until its row is in the feed, the relay or the push service has taken it;"
                    + " what was held, scheduled or waited for a digest counts with its wait",
            "channel"),
    LEDGER_UNREADABLE(
            "carillon.ledger.unreadable",
            Kind.COUNTER,
            "records",
            "records of outcomes and activity that say nothing to the ledger"),
    GROUP_LAG(
            "carillon.group.lag",
            Kind.GAUGE,
            "offsets",
            "how far a consumer group is behind the end of a topic, all partitions together. The ends of transactions"
                    + " take offsets too: some per partition are nothing",
            "group",
            "topic"),
    DEAD_LETTERS(
            "carillon.dead.letters",
            Kind.GAUGE,
            "offsets",
            "what a topic of dead letters holds. The router writes in transactions, whose ends take offsets too",
            "topic"),
    DEAD_LETTERS_UNREADABLE(
            "carillon.dead.letters.unreadable",
            Kind.COUNTER,
            "records",
            "records of dead letter topics that are no dead letters"),
    BROKER_WATCHED(
            "carillon.broker.watched",
            Kind.GAUGE,
            "flag",
            "1 where the last look at groups and dead letters succeeded, else 0; `carillon.group.lag` and"
                    + " `carillon.dead.letters` then are those of the last look that did"),
    LIVE_CONNECTIONS(
            "carillon.inapp.live.connections",
            Kind.GAUGE,
            "connections",
            "open streams and WebSockets of a replica of `inapp-worker`"),
    RETENTION_DELETED(
            "carillon.inapp.retention.deleted", Kind.COUNTER, "rows", "rows of the feed that were over their time"),
    RETENTION_ABOVE_LIMIT(
            "carillon.inapp.retention.above_limit",
            Kind.COUNTER,
            "rows",
            "rows above the limit of their feed: read ones are `dismissed`, unread ones `archived`",
            "how");

    /** From what nobody notices to a day, which is what waited. */
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofDays(1)
    };

    /** What can be asked of a meter. */
    public enum Kind {
        COUNTER,
        GAUGE,
        /** With a histogram. */
        TIMER
    }

    private final String code;
    private final Kind kind;
    private final String unit;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tags;

    Metric(String code, Kind kind, String unit, String meaning, String... tags) {
        this.code = code;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** Its name in Micrometer. */
    public String code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    public List<String> tags() {
        return tags;
    }

    /** The counter with these values of its tags, in their order. */
    public Counter counter(MeterRegistry registry, String... values) {
        require(Kind.COUNTER);
        return Counter.builder(code).description(meaning).tags(tagged(values)).register(registry);
    }

    public Timer timer(MeterRegistry registry, String... values) {
        require(Kind.TIMER);
        return Timer.builder(code)
                .description(meaning)
                .tags(tagged(values))
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /** A gauge that asks {@code source} whenever it is read. */
    public <T> void gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value, String... values) {
        require(Kind.GAUGE);
        Gauge.builder(code, source, value)
                .description(meaning)
                .tags(tagged(values))
                .strongReference(true)
                .register(registry);
    }

    /** A gauge whose rows are set together. */
    public MultiGauge gauges(MeterRegistry registry) {
        require(Kind.GAUGE);
        return MultiGauge.builder(code).description(meaning).register(registry);
    }

    /** A row of {@link #gauges}. */
    public MultiGauge.Row<?> row(Number value, String... values) {
        return MultiGauge.Row.of(tagged(values), value);
    }

    private Tags tagged(String... values) {
        if (values.length != tags.size()) {
            throw new IllegalArgumentException(code + " has the tags " + tags + ", not " + values.length + " values");
        }
        Tags all = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            all = all.and(tags.get(i), values[i]);
        }
        return all;
    }

    private void require(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalStateException(code + " is a " + kind + ", not a " + wanted);
        }
    }
}
