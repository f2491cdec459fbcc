package dev.carillon.benchmarks;

import dev.carillon.benchmarks.endtoend.Screen;
import dev.carillon.benchmarks.ingest.Ingest;
import dev.carillon.benchmarks.router.Routing;
import dev.carillon.benchmarks.stage.Measurement;
import org.jspecify.annotations.Nullable;

/** Every row of the report, in its order. One whose feature is still to come has no measurement and says "not yet". */
enum Row {
    INGEST_SINGLE(
            "ingest-single",
            "Ingest: single events",
            "Floors: the JDK's HTTP server that reads the same requests and answers 202; a raw producer with ingest's own"
                    + " settings that sends the same records with acks=all.",
            Ingest::single),
    INGEST_ARRAYS(
            "ingest-arrays",
            "Ingest: arrays of 100",
            "Floor: a raw producer with ingest's own settings that sends the same records with acks=all.",
            Ingest::arrays),
    INGEST_LATENCY(
            "ingest-latency",
            "Ingest: time to the 202 at 2,000 events/s",
            "Floor: the same rate by a raw producer, from the intended sending to the broker's acknowledgement.",
            Ingest::latency),
    ROUTER(
            "router",
            "Router: decisions",
            "Floor: a Kafka Streams topology that passes the same records through, exactly once, into as many outputs.",
            Routing::throughput),
    SCREEN_100("e2e-100", "Event to screen at 100/s", Floors.THROUGH_BROKER, Screen.at(100)),
    SCREEN_1000("e2e-1000", "Event to screen at 1,000/s", Floors.THROUGH_BROKER, Screen.at(1_000)),
    SCREEN_5000("e2e-5000", "Event to screen at 5,000/s", Floors.THROUGH_BROKER, Screen.at(5_000)),
    DIGESTS("digests", "Digests", "Digests are still to come.", null);

    private final String id;
    private final String title;
    private final String stands;
    private final @Nullable Measurement measurement;

    Row(String id, String title, String stands, @Nullable Measurement measurement) {
        this.id = id;
        this.title = title;
        this.stands = stands;
        this.measurement = measurement;
    }

    /** What rows have in common. */
    private static final class Floors {
        static final String THROUGH_BROKER =
                "Floor: the same rate through the same broker, from the intended sending to a consumer.";
    }

    /** For {@code --only}. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** On which floor it stands, and which peers it is compared to. */
    String stands() {
        return stands;
    }

    @Nullable Measurement measurement() {
        return measurement;
    }
}
