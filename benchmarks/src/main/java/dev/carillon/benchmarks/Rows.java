package dev.carillon.benchmarks;

import dev.carillon.benchmarks.email.Mailing;
import dev.carillon.benchmarks.endtoend.Broadcast;
import dev.carillon.benchmarks.endtoend.HandOver;
import dev.carillon.benchmarks.endtoend.Screen;
import dev.carillon.benchmarks.endtoend.Sustained;
import dev.carillon.benchmarks.footprint.AtRest;
import dev.carillon.benchmarks.inapp.Reading;
import dev.carillon.benchmarks.inapp.Storing;
import dev.carillon.benchmarks.ingest.Ingest;
import dev.carillon.benchmarks.live.FanOut;
import dev.carillon.benchmarks.live.IdleConnections;
import dev.carillon.benchmarks.micro.ComposeMailBenchmark;
import dev.carillon.benchmarks.micro.DecideBenchmark;
import dev.carillon.benchmarks.micro.PureParts;
import dev.carillon.benchmarks.micro.ReadDeliveryBenchmark;
import dev.carillon.benchmarks.micro.RenderBenchmark;
import dev.carillon.benchmarks.micro.WriteDeliveryBenchmark;
import dev.carillon.benchmarks.micro.WriteEventBenchmark;
import dev.carillon.benchmarks.push.Pushing;
import dev.carillon.benchmarks.router.DecisionCost;
import dev.carillon.benchmarks.router.Digesting;
import dev.carillon.benchmarks.router.Restore;
import dev.carillon.benchmarks.router.Routing;
import java.util.List;
import java.util.stream.Stream;

/** Every row of the report, in its order; neighbours share running services. */
final class Rows {
    private static final String THROUGH_BROKER =
            "Floor: the same rate through the same broker, from the intended sending to a consumer.";

    private static final List<Row> INGEST = List.of(
            new Row(
                    "ingest-single",
                    "Ingest: single events",
                    "Floors: the JDK's HTTP server that reads the same requests and answers 202; a raw producer with"
                            + " ingest's own settings that sends the same records with acks=all.",
                    Ingest::single),
            new Row(
                    "ingest-arrays",
                    "Ingest: arrays of 100",
                    "Floor: a raw producer with ingest's own settings that sends the same records with acks=all.",
                    Ingest::arrays),
            new Row(
                    "ingest-latency",
                    "Ingest: time to the 202 at 2,000 events/s",
                    "Floor: the same rate by a raw producer, from the intended sending to the acknowledgement.",
                    Ingest::latency));

    private static final List<Row> ROUTER = List.of(
            new Row(
                    "router",
                    "Router: decisions",
                    "Floor: a Kafka Streams topology that passes the same records through, exactly once, into as many"
                            + " outputs.",
                    Routing::throughput),
            new Row(
                    "cost-recipients",
                    "Router: cost of a decision with many recipients",
                    "Floor: the same with few.",
                    DecisionCost::ofRecipients),
            new Row(
                    "cost-holds",
                    "Router: cost of a decision with many open holds",
                    "Floor: the same without any.",
                    DecisionCost::ofHolds),
            new Row(
                    "digests",
                    "Router: ten events collected and told as one",
                    "Floor: the same events told one by one.",
                    Digesting::cost),
            new Row(
                    "restore",
                    "Router: one of two is lost",
                    "Floor: a bare consumer that reads the changelogs of the same partitions from their beginning.",
                    Restore::measure));

    private static final List<Row> INAPP = List.of(
            new Row(
                    "inapp-store",
                    "In-app: the feed is stored",
                    "Floor: the same rows in batches of 500 by plain JDBC into a copy of the same table with all indexes, over"
                            + " as many connections, durably. The batches are made before the clock starts.",
                    Storing::throughput),
            new Row(
                    "feed-read",
                    "In-app: the feed is read",
                    "Floor: the same queries by plain JDBC on the same table, every column read, at the same rate.",
                    Reading::latency),
            new Row(
                    "live-broadcast",
                    "In-app: one person's message to 1,000 connections",
                    "Floor: a bare NIO server that reads the same topic and writes the same bytes to as many sockets. Peer:"
                            + " nchan (C, in nginx) with one worker 123,000 to 192,000 deliveries/s; at 50/s p50 5 ms, p99"
                            + " 14 ms.",
                    FanOut::oneToMany),
            new Row(
                    "live-personal",
                    "In-app: 1,000 people's messages to a connection each",
                    "Floor: the same bare server. Peer: nchan 34,000 to 44,000/s; at 5,000/s p50 0.12 ms, p99 0.2 to 1 ms.",
                    FanOut::oneToOne),
            new Row(
                    "live-memory",
                    "In-app: memory of an idle connection",
                    "Floor: the bare server, which keeps nothing but the socket. Peer: nchan 12 kB.",
                    IdleConnections::memory));

    private static final List<Row> OUTWARD = List.of(
            new Row(
                    "email-1",
                    "E-mail over one connection",
                    "Floor: a raw socket that hands the same ready-made mail to the same relay, a session kept open.",
                    Mailing.over(1, 0.75)),
            new Row(
                    "email-10",
                    "E-mail over ten connections",
                    "Floor: ten raw sockets that do the same.",
                    Mailing.over(10, 0.35)),
            new Row(
                    "push",
                    "Web Push",
                    "Floor: a bare HTTP/2 client that posts the same number of bytes over TLS to the same push service. Peers,"
                            + " preparing alone on one core: npm web-push 2,200/s, webpush-java 600/s.",
                    Pushing::rate));

    private static final List<Row> END_TO_END = List.of(
            new Row("e2e-mail", "Event to relay at 500/s", THROUGH_BROKER, HandOver::mail),
            new Row("e2e-push", "Event to push service at 500/s", THROUGH_BROKER, HandOver::push),
            new Row("e2e-100", "Event to screen at 100/s", THROUGH_BROKER, Screen.at(100)),
            new Row("e2e-1000", "Event to screen at 1,000/s", THROUGH_BROKER, Screen.at(1_000)),
            new Row("e2e-5000", "Event to screen at 5,000/s", THROUGH_BROKER, Screen.at(5_000)),
            new Row(
                    "broadcast",
                    "Broadcast with urgent traffic beside it",
                    "Floors: as many records through the pass-through topology, and then by plain JDBC; for the urgent ones"
                            + " the same rate through the broker.",
                    Broadcast::measure),
            new Row(
                    "sustained",
                    "Highest sustained rate",
                    "Floor: a raw producer, the pass-through topology and plain JDBC, each measured alone, as if they worked"
                            + " one after the other. Peer: BullMQ on Redis, jobs that do nothing and are kept in memory"
                            + " only, 16,400/s; a notification of a platform built on it takes three at least.",
                    Sustained::highestRate));

    private static final List<Row> FOOTPRINT = List.of(
            new Row(
                    "rest-services",
                    "A service at rest: memory and start",
                    "Floor: an empty Spring Boot application with a web server.",
                    AtRest::services),
            new Row(
                    "rest-standalone",
                    "Everything in one JVM: memory and start",
                    "Floor: an empty Spring Boot application with a web server.",
                    AtRest::standalone));

    private static final List<Row> PURE = List.of(
            new Row(
                    "jmh-decide",
                    "A decision alone",
                    "Floor: two look-ups in the maps of preferences.",
                    PureParts.of(DecideBenchmark.class, "decide one channel", "two look-ups")),
            new Row(
                    "jmh-render",
                    "Rendering alone",
                    "Floor: the same texts put together by hand.",
                    PureParts.of(RenderBenchmark.class, "title and body by templates", "concatenation")),
            new Row(
                    "jmh-write-event",
                    "An event as JSON",
                    "Floor: the same fields written by hand with Jackson's generator.",
                    PureParts.of(WriteEventBenchmark.class, "write an event", "generator by hand")),
            new Row(
                    "jmh-write-delivery",
                    "A delivery as JSON",
                    "Floor: the same text, ready-made, as bytes.",
                    PureParts.of(WriteDeliveryBenchmark.class, "write a delivery", "ready-made text")),
            new Row(
                    "jmh-read-delivery",
                    "A delivery out of JSON",
                    "Floor: all its tokens and texts read with Jackson's parser, none kept.",
                    PureParts.of(ReadDeliveryBenchmark.class, "read a delivery", "tokens alone")),
            new Row(
                    "jmh-mail",
                    "A mail composed",
                    "Floor: the same text, ready-made, as bytes.",
                    PureParts.of(ComposeMailBenchmark.class, "compose a mail", "ready-made text")),
            new Row(
                    "jmh-encrypt",
                    "A push encrypted, on one core",
                    "Floor: a key pair, an agreement and AES-GCM by the fastest provider. Peers, the whole request: npm"
                            + " web-push 450 µs (120 µs with its token cached), webpush-java 1,700 µs.",
                    PureParts.encryption()));

    static final List<Row> ALL = Stream.of(INGEST, ROUTER, INAPP, OUTWARD, END_TO_END, FOOTPRINT, PURE)
            .flatMap(List::stream)
            .toList();

    private Rows() {}
}
