package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.Priority;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What a key may publish beyond the plain scope: for which sources, to everybody, as urgent. */
final class PublishRights {
    private PublishRights() {}

    /** @throws ProblemException 403 with the field that asks for more than the key may */
    static void check(ApiKey caller, EventRequest request, String source, String path) {
        if (source.startsWith(UserMessages.SOURCE)) {
            throw refused(
                    path + "source",
                    "reserved",
                    "sources that begin with " + UserMessages.SOURCE + " are those of messages between users");
        }
        if (!caller.mayPublishFor(source)) {
            throw refused(path + "source", "bound", "this key must not publish for the source " + source);
        }
        if (request.targets().broadcast() && !caller.may(Scope.BROADCAST)) {
            throw refused(path + "broadcast", "scope", "a broadcast needs a key with the scope broadcast");
        }
        if (request.labels().priority() == Priority.URGENT && !caller.may(Scope.URGENT)) {
            throw refused(path + "priority", "scope", "urgent events need a key with the scope urgent");
        }
    }

    private static ProblemException refused(String field, String rule, String message) {
        return new ProblemException(
                HttpStatus.FORBIDDEN, "not_allowed", message, List.of(new FieldError(field, rule, message)), null);
    }
}
