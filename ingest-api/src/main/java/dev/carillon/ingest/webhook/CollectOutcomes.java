package dev.carillon.ingest.webhook;

import dev.carillon.ingest.ledger.LedgerListener;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down whom an outcome is to be told, in the ledger's own transaction: neither lost nor told without having been. */
final class CollectOutcomes implements LedgerListener {
    private final Subscriptions subscriptions;
    private final TypeCatalogue types;
    private final MessageTable table;
    private final Clock clock;

    CollectOutcomes(Subscriptions subscriptions, TypeCatalogue types, MessageTable table, Clock clock) {
        this.subscriptions = subscriptions;
        this.types = types;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void heard(List<NotificationOutcome> outcomes) {
        List<Endpoint> endpoints = subscriptions.enabled();
        if (endpoints.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Message> messages = new ArrayList<>();
        for (NotificationOutcome told : outcomes) {
            String category = category(told.type());
            for (ChannelOutcome what : told.channels()) {
                List<Endpoint> wanting = endpoints.stream()
                        .filter(endpoint ->
                                endpoint.wanted().filter().wants(what.state(), what.channel(), told.type(), category))
                        .toList();
                if (!wanting.isEmpty()) {
                    messages.addAll(messages(told, what, category, wanting, now));
                }
            }
        }
        table.insert(messages);
    }

    private static List<Message> messages(
            NotificationOutcome told,
            ChannelOutcome what,
            @Nullable String category,
            List<Endpoint> wanting,
            Instant now) {
        UUID id = idOf(told, what);
        String event = Payload.event(what.state());
        String body = Payload.of(told, what, category).json();
        return wanting.stream()
                .map(endpoint ->
                        Message.fresh(endpoint.id(), id, event, told.recipient().value(), body, now))
                .toList();
    }

    private @Nullable String category(@Nullable String type) {
        NotificationType known = type == null ? null : types.find(type);
        return known == null ? null : known.category();
    }

    /** The same outcome read twice is the same message. */
    private static UUID idOf(NotificationOutcome told, ChannelOutcome what) {
        return DerivedIds.of(
                "webhook",
                told.notification().toString(),
                what.channel().code(),
                what.state().name(),
                what.reason().code(),
                Integer.toString(what.attempt()),
                told.at().toString());
    }
}
