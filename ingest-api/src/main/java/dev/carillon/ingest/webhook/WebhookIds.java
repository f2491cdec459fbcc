package dev.carillon.ingest.webhook;

import dev.carillon.platform.http.ProblemException;
import java.util.UUID;

/** Ids that stand in a path. */
final class WebhookIds {
    private WebhookIds() {}

    /** @throws ProblemException 422 where it can be no webhook's id */
    static UUID endpoint(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("id", "format", "must be a webhook's id: a UUID");
        }
    }

    /** @throws ProblemException 422 where it can be no delivery's id */
    static UUID message(String text) {
        try {
            return Message.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("delivery", "format", "must be a delivery's id: msg_ and a UUID");
        }
    }
}
