package dev.carillon.benchmarks;

import dev.carillon.benchmarks.endtoend.Screen;
import dev.carillon.benchmarks.ingest.Ingest;
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

    private static final List<Row> ROUTER = List.of(new Row(
            "router",
            "Router: decisions",
            "Floor: a Kafka Streams topology that passes the same records through, exactly once, into as many outputs.",
            Routing::throughput));

    private static final List<Row> END_TO_END = List.of(
            new Row("e2e-100", "Event to screen at 100/s", THROUGH_BROKER, Screen.at(100)),
            new Row("e2e-1000", "Event to screen at 1,000/s", THROUGH_BROKER, Screen.at(1_000)),
            new Row("e2e-5000", "Event to screen at 5,000/s", THROUGH_BROKER, Screen.at(5_000)));

    private static final List<Row> TO_COME =
            List.of(Row.toCome("digests", "Digests", "What is merged in a window, beside single notifications."));

    static final List<Row> ALL = Stream.of(INGEST, ROUTER, END_TO_END, TO_COME)
            .flatMap(List::stream)
            .toList();

    private Rows() {}
}
