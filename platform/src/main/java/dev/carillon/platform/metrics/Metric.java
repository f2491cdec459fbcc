package dev.carillon.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
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
            "what became of events: `accepted`, `refused`, or `unknown` where the broker did not acknowledge in time; and"
                    + " how they came: over `http`, by `kafka` (the topic `inbound`, where a batch that is read again counts"
                    + " again), as a user's `message` or by a `schedule`",
            "result",
            "way"),
    PREFERENCES(
            "carillon.ingest.preferences",
            Kind.COUNTER,
            "changes",
            "changes of recipients' preferences: whole documents (`put`) and what was stopped without a login"
                    + " (`unsubscribed`)",
            "how"),
    HOLDS(
            "carillon.router.holds",
            Kind.GAUGE,
            "deliveries",
            "deliveries that wait in the partitions which a router runs: on their own (`single`: scheduled, or for the turn"
                    + " of their channel), for the end of quiet hours or a mute (`quiet`), in the window of a type"
                    + " (`batch`), or for a digest (`digest`). An event that is scheduled for an audience is one job until"
                    + " then and is not among them",
            "channel",
            "kind"),
    HOLDS_AGE(
            "carillon.router.holds.age",
            Kind.GAUGE,
            "seconds",
            "since when the oldest of them waits, or its window is open; 0 where none waits. Right to a second over"
                    + " minutes and to a 256th over weeks; over replicas take the largest",
            "channel",
            "kind"),
    HOLDS_LOST(
            "carillon.router.holds.lost",
            Kind.COUNTER,
            "holds",
            "holds for which nothing would have woken the router any more, found and made due again. A router looks through"
                    + " all of a partition when it takes it over, and then beside its work at 20 a second. More than none is a"
                    + " defect"),
    DUPLICATES(
            "carillon.router.duplicates",
            Kind.COUNTER,
            "records",
            "events dropped because they were decided before; one for an audience is dropped in every partition. A record"
                    + " that is read again after a transaction was aborted may count twice"),
    OUTCOMES(
            "carillon.outcomes",
            Kind.COUNTER,
            "steps",
            "steps in the lives of notifications as the ledger writes them: decisions (`routed`, `held`, `suppressed`,"
                    + " …), attempts (`sent`, `retrying`, `dead`, `skipped`) and other ends, by reason. Counted where the"
                    + " ledger is written; of in-app deliveries only those that are not stored",
            "channel",
            "state",
            "reason"),
    READING(
            "carillon.reading",
            Kind.COUNTER,
            "notifications",
            "what recipients did with notifications, by type and channel: `seen`, `read`, `dismissed`, `clicked` (a push"
                    + " or a link of a mail), `acted` (a button), `archived`, `unsubscribed` (a link of a mail), or what became of it in the feed: `replaced` by a newer one of its group; once for each notification of which the ledger has a row; and"
                    + " what there was to do it with: `delivered`, that is handed to the feed, or taken by relay or push"
                    + " service. Counted where the ledger is written. Types that are not in the catalogue are `(unknown)`",
            "type",
            "channel",
            "what"),
    DELIVERED(
            "carillon.delivered",
            Kind.TIMER,
            "seconds",
            "from the acceptance of an event until its row is in the feed, the relay or the push service has taken it;"
                    + " what was held, scheduled or waited for a digest counts with its wait",
            "channel",
            "lane"),
    UNACCOUNTED(
            "carillon.ledger.unaccounted",
            Kind.GAUGE,
            "notifications",
            "notifications that should have come to an end on a channel and have not: `routed` to a worker that has"
                    + " said nothing since, `retrying` beyond the time of the next attempt, or `held` beyond their time,"
                    + " each for longer than `carillon.ingest.ledger.unaccounted-after`. At most 10,000; of types that the"
                    + " ledger only counts none. Every replica that writes the ledger finds the same: take the largest",
            "channel",
            "state"),
    LEDGER_UNREADABLE(
            "carillon.ledger.unreadable",
            Kind.COUNTER,
            "records",
            "records of outcomes and activity that say nothing to the ledger"),
    LEDGER_PHANTOMS(
            "carillon.ledger.phantoms",
            Kind.COUNTER,
            "notifications",
            "notifications that were in a feed although the router refused them there: it died before it had committed what was"
                    + " shown, and decided otherwise then. Only those count that somebody saw, archived, answered or read by"
                    + " itself"),
    MAIL_READING(
            "carillon.email.reading",
            Kind.COUNTER,
            "mails",
            "of the types whose mails are tracked: those that a relay took (`sent`), were shown (`opened`) or whose"
                    + " links were followed (`clicked`, each notification), and what of that was not recorded (`lost`),"
                    + " because database or broker were away for long. A repetition within 10 minutes does not count; a"
                    + " mail of several types has the type `(several)`",
            "type",
            "what"),
    MAIL_SETTLED(
            "carillon.email.settled",
            Kind.TIMER,
            "seconds",
            "from the end of a hand-over until the mail's row in the worker's ledger says it: within 50 ms where the database"
                    + " keeps up. What a worker has not written when it is killed is handed over once more, or taken for"
                    + " uncertain"),
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
    DEAD_LETTERS_OPEN(
            "carillon.dead.letters.open",
            Kind.GAUGE,
            "letters",
            "dead letters that nobody has replayed or discarded, by channel, or by the service that could not process the"
                    + " record (`router-stream`, `ingest-api`)",
            "channel"),
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
    WEBHOOK_ATTEMPTS(
            "carillon.webhook.attempts",
            Kind.COUNTER,
            "attempts",
            "attempts to send a webhook: `delivered`, `retrying` where another follows, or `dead`",
            "result"),
    WEBHOOK_MESSAGES(
            "carillon.webhook.messages",
            Kind.GAUGE,
            "messages",
            "webhooks that are to be sent (`waiting`) or that nobody sends unless they are replayed (`dead`)",
            "state"),
    WEBHOOK_DISABLED(
            "carillon.webhook.disabled",
            Kind.GAUGE,
            "endpoints",
            "webhooks that are not told: by an operator, because they answered 410 (`gone`), because every request"
                    + " failed for days (`failing`), or because too much waited for them (`backlog`)",
            "reason"),
    LIVE_CONNECTIONS(
            "carillon.inapp.live.connections",
            Kind.GAUGE,
            "connections",
            "open streams and WebSockets of a replica of `inapp-worker`"),
    LIVE_DURATION(
            "carillon.inapp.live.duration",
            Kind.TIMER,
            "seconds",
            "how long streams (`sse`) and WebSockets (`ws`) that have ended were open, and why they ended: `gone` where the"
                    + " client or the network ended them, else what the server told its client (`slow_reader`,"
                    + " `token_expired`, `too_many_connections`, `stale`, `shutdown`). Clients that poll have none: their"
                    + " calls are among `http_server_requests_seconds`",
            "kind",
            "reason"),
    LIVE_HEARTBEATS_FAILED(
            "carillon.inapp.live.heartbeats.failed",
            Kind.COUNTER,
            "connections",
            "connections that ended because a heartbeat failed: `unanswered` where a WebSocket (`ws`) left a ping without an"
                    + " answer until the next was due, or a stream (`sse`) acknowledged nothing for half a heartbeat,"
                    + " `unwritten` where either ended with a ping that could not be written, or took nothing for two"
                    + " heartbeats. Behind a proxy a stream takes and acknowledges pings until the proxy closes it, and is"
                    + " not among them",
            "kind",
            "reason"),
    RETENTION_DELETED(
            "carillon.inapp.retention.deleted",
            Kind.COUNTER,
            "rows",
            "rows that went because their time was over: of the feed those that were `read` or `archived` long ago,"
                    + " `timeseries` that are old, what has `expired`, and the tombstones of what was `dismissed`, by its"
                    + " reader or as surplus; beside the feed those of dismissed groups (`group`), subjects that"
                    + " are gone (`subject`) and used tickets (`ticket`)",
            "reason"),
    RETENTION_ABOVE_LIMIT(
            "carillon.inapp.retention.above_limit",
            Kind.COUNTER,
            "rows",
            "rows above the limit of their feed: read ones are `dismissed`, unread ones `archived`",
            "how"),
    SPANS_DROPPED(
            "carillon.tracing.dropped",
            Kind.COUNTER,
            "spans",
            "spans that were recorded and never reached a collector: `queue_full` where they ended faster than they were"
                    + " sent, or `export_failed` where the collector did not take them",
            "reason");

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

    /** A counter that asks {@code source}, which never counts backwards, whenever it is read. */
    public <T> void counter(MeterRegistry registry, T source, ToDoubleFunction<T> count, String... values) {
        require(Kind.COUNTER);
        FunctionCounter.builder(code, source, count)
                .description(meaning)
                .tags(tagged(values))
                .register(registry);
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
