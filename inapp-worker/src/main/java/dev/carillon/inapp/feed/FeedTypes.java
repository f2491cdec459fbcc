package dev.carillon.inapp.feed;

import dev.carillon.inapp.catalogue.KnownTypes;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which types a feed can hold: those of the catalogue that go to it, and those that it has. */
final class FeedTypes {
    private final KnownTypes catalogue;
    private final JdbcClient database;
    private final Clock clock;

    FeedTypes(KnownTypes catalogue, JdbcClient database, Clock clock) {
        this.catalogue = catalogue;
        this.database = database;
        this.clock = clock;
    }

    /**
     * One type.
     *
     * @param label its name for people; null where the catalogue has none
     * @param count how many the feed has, not counting what is archived or snoozed
     */
    record FeedType(
            String name,
            @Nullable String label,
            @Nullable String icon,
            @Nullable String category,
            @Nullable String level,
            Set<Channel> channels,
            boolean critical,
            int count) {}

    /** By name. */
    List<FeedType> of(RecipientId recipient) {
        Map<String, Integer> counts = counts(recipient);
        Map<String, NotificationType> known = catalogue.all();
        Set<String> names = new TreeSet<>(counts.keySet());
        known.values().stream()
                .filter(type -> type.channels().contains(Channel.INAPP))
                .map(NotificationType::name)
                .forEach(names::add);
        List<FeedType> types = new ArrayList<>();
        for (String name : names) {
            types.add(type(name, known.get(name), counts.getOrDefault(name, 0)));
        }
        return types;
    }

    private static FeedType type(String name, @Nullable NotificationType known, int count) {
        return known == null
                ? new FeedType(name, null, null, null, null, Set.of(Channel.INAPP), false, count)
                : new FeedType(
                        name,
                        known.label(),
                        known.icon(),
                        known.category(),
                        known.level() == null ? null : FeedItem.code(known.level()),
                        known.channels(),
                        known.critical(),
                        count);
    }

    private Map<String, Integer> counts(RecipientId recipient) {
        Map<String, Integer> counts = new HashMap<>();
        database.sql("select type, count(*) as count from inapp.feed where recipient = :recipient and type is not null"
                        + " and " + Status.PRESENT + " and " + Status.ACTIVE.condition() + " group by type")
                .param("recipient", recipient.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> counts.put(row.getString("type"), row.getInt("count")))
                .list();
        return counts;
    }
}
