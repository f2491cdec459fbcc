package dev.carillon.inapp.feed;

import dev.carillon.inapp.owner.FeedOwner;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** What names a row. */
record FeedKey(RecipientId recipient, UUID id) {

    /**
     * The row that a path names.
     *
     * @throws ProblemException 404 where {@code id} is none: it names nothing, as an unknown id does
     */
    static FeedKey of(FeedOwner owner, String id) {
        return new FeedKey(owner.id(), parse(id).orElseThrow(FeedKey::notFound));
    }

    static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    NotificationId notification() {
        return new NotificationId(id);
    }

    static ProblemException notFound() {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no such notification");
    }
}
