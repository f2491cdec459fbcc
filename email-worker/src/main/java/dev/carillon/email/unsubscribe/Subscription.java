package dev.carillon.email.unsubscribe;

import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail was about, and so what its recipient may stop with it.
 *
 * @param type null where it was about several, or none
 * @param category null where it was about several, or none
 * @param notification that the mail told, of a digest its own; null in links of mails from before they said it
 */
public record Subscription(
        RecipientId recipient,
        @Nullable String type,
        @Nullable String category,
        @Nullable NotificationId notification) {

    /** The scopes it offers, the narrowest first. */
    public List<UnsubscribeScope> scopes() {
        List<UnsubscribeScope> scopes = new ArrayList<>();
        if (type != null) {
            scopes.add(UnsubscribeScope.TYPE);
        }
        if (category != null) {
            scopes.add(UnsubscribeScope.CATEGORY);
        }
        scopes.add(UnsubscribeScope.ALL);
        return scopes;
    }

    /** What a scope means here; null where it means everything. */
    @Nullable String name(UnsubscribeScope scope) {
        return switch (scope) {
            case TYPE -> type;
            case CATEGORY -> category;
            case ALL -> null;
        };
    }
}
