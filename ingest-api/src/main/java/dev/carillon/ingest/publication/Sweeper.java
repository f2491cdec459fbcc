package dev.carillon.ingest.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes what a crash or an absent broker left unpublished, and clears away what was deleted long enough ago. */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 200;
    /** Far longer than any statement that may still hold a version taken before the deletion. */
    private static final Duration DELETED_ROWS_STAY = Duration.ofHours(1);

    private final PublishSettings publish;
    private final List<SettingTable<?>> tables;
    private final Clock clock;

    Sweeper(PublishSettings publish, List<SettingTable<?>> tables, Clock clock) {
        this.publish = publish;
        this.tables = List.copyOf(tables);
        this.clock = clock;
    }

    /** One round over all tables. */
    void sweep() {
        for (SettingTable<?> table : tables) {
            sweep(table);
            table.purge(clock.instant().minus(DELETED_ROWS_STAY));
        }
    }

    private void sweep(SettingTable<?> table) {
        int published;
        do {
            published = publish.publishLeftBehind(table, BATCH);
            if (published > 0) {
                LOG.info("{} of {} are on the topic now, which nobody had confirmed", published, table.name());
            }
        } while (published == BATCH);
    }
}
