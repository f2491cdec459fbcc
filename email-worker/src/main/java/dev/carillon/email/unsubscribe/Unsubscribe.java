package dev.carillon.email.unsubscribe;

import dev.carillon.email.unsubscribe.UnsubscriptionTable.Row;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops mails: at once for everything that is not handed over yet, by a row of our own; and for all later events through
 * the recipient's preferences, which ingest-api keeps. The row counts until the preferences, having taken it over, say
 * otherwise.
 */
public final class Unsubscribe {
    private static final Logger LOG = LoggerFactory.getLogger(Unsubscribe.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int AT_ONCE = 200;

    private final UnsubscriptionTable table;
    private final RecordSender records;
    private final TopicSpec activity;
    private final Clock clock;

    private Unsubscribe(UnsubscriptionTable table, RecordSender records, TopicSpec activity, Clock clock) {
        this.table = table;
        this.records = records;
        this.activity = activity;
        this.clock = clock;
    }

    /** Those that {@code jdbc}'s database keeps. */
    public static Unsubscribe kept(JdbcClient jdbc, RecordSender records, TopicSpec activity, Clock clock) {
        return new Unsubscribe(new UnsubscriptionTable(jdbc), records, activity, clock);
    }

    /** What is in force for somebody now. */
    public Stopped stopped(RecipientId recipient) {
        return new Stopped(table.of(List.of(recipient)).stream()
                .map(row -> new Stopped.One(row.scope(), Objects.requireNonNullElse(row.name(), "")))
                .toList());
    }

    /** In force when it returns. Without a broker the preferences follow later. */
    void stop(Subscription subscription, UnsubscribeScope scope) {
        Row row = new Row(
                subscription.recipient(),
                scope,
                subscription.name(scope),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                false,
                subscription.notification());
        table.put(row);
        try {
            publish(row);
        } catch (BrokerUnavailableException e) {
            LOG.warn("an unsubscription is in force, but not in the preferences yet: {}", e.getMessage());
        }
    }

    /** Publishes what was left behind; true where there may be more. */
    public boolean publishLeftBehind() {
        List<Row> rows = table.unpublished(AT_ONCE);
        rows.forEach(this::publish);
        return rows.size() == AT_ONCE;
    }

    private void publish(Row row) {
        var stopped = new Activity.Unsubscribed(
                row.recipient(), Channel.EMAIL, row.scope(), row.name(), row.at(), row.notification());
        try {
            records.sendAll(List.of(OutgoingRecord.of(activity, row.recipient(), stopped)), LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
        table.published(row);
    }

    /** Follows what recipients choose, in the order in which they did. */
    public void profiles(List<RecipientProfile> changed) {
        List<RecipientId> recipients =
                changed.stream().map(RecipientProfile::recipient).distinct().toList();
        for (Row row : table.of(recipients)) {
            boolean takenOver = row.takenOver();
            for (RecipientProfile profile : changed) {
                if (profile.recipient().equals(row.recipient())) {
                    takenOver = follow(row, profile.preferences(), takenOver);
                }
            }
        }
    }

    private boolean follow(Row row, Preferences preferences, boolean takenOver) {
        if (says(preferences, row)) {
            table.takenOver(row);
            return true;
        }
        if (takenOver) {
            table.delete(row);
        }
        return takenOver;
    }

    /** Forgets whom nobody may remember any more. */
    public void forget(RecipientId recipient) {
        table.deleteAll(recipient);
    }

    private static boolean says(Preferences preferences, Row row) {
        return switch (row.scope()) {
            case TYPE -> isOff(preferences.types().get(String.valueOf(row.name())));
            case CATEGORY -> isOff(preferences.categories().get(String.valueOf(row.name())));
            case ALL -> !preferences.channels().isOn(Channel.EMAIL);
        };
    }

    private static boolean isOff(@Nullable ChannelChoices choices) {
        return choices != null && choices.email() == Choice.OFF;
    }
}
