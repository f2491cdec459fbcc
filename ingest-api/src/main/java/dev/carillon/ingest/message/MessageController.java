package dev.carillon.ingest.message;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.message.MessageReader.Wanted;
import dev.carillon.platform.auth.EndUser;
import dev.carillon.schemas.event.EventUid;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages from end users to one another. */
@RestController
final class MessageController {
    private static final int MAX_BYTES = 32 * 1024;

    private final SenderRate rate;
    private final MessageReader reader;
    private final SendMessages messages;

    MessageController(SenderRate rate, MessageReader reader, SendMessages messages) {
        this.rate = rate;
        this.reader = reader;
        this.messages = messages;
    }

    /** The rate comes first: whoever tries ids gets no faster than whoever sends. */
    @PostMapping(path = "/api/v1/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> send(EndUser caller, HttpServletRequest request) throws IOException {
        rate.take(caller.id());
        Wanted wanted = reader.read(StrictJson.parse(BodyBytes.read(request, MAX_BYTES)), caller.id());
        return JsonAnswer.of(HttpStatus.ACCEPTED, new Sent(messages.send(caller.id(), wanted), wanted.id()));
    }

    /** What was sent: the event's uid, and the id that the sender gave. */
    private record Sent(EventUid uid, String id) {}
}
