package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Comparator;

/** An item and whose it is. The order is that of the table's key. */
record FeedRow(RecipientId recipient, FeedItem item) implements Comparable<FeedRow> {
    private static final Comparator<FeedRow> BY_KEY = Comparator.comparing(FeedRow::recipient)
            .thenComparing(row -> row.item().id());

    FeedKey key() {
        return new FeedKey(recipient, item.id());
    }

    /** Shown to whoever is connected, and never stored. */
    boolean isEphemeral() {
        return item.mode().equals("ephemeral") || recipient.equals(LiveRecipients.CONNECTED);
    }

    @Override
    public int compareTo(FeedRow other) {
        return BY_KEY.compare(this, other);
    }
}
