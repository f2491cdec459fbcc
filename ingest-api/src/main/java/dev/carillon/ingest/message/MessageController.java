package dev.carillon.ingest.message;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.auth.EndUser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Messages from end users to one another. */
@RestController
final class MessageController {
    private static final int MAX_BYTES = 32 * 1024;

    private final SenderRate rate;
    private final SendMessages messages;

    MessageController(SenderRate rate, SendMessages messages) {
        this.rate = rate;
        this.messages = messages;
    }

    /** The rate comes first: whoever tries ids gets no faster than whoever sends. */
    @PostMapping(path = "/api/v1/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> send(EndUser caller, HttpServletRequest request) throws IOException {
        rate.take(caller.id());
        JsonNode body = StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
        return JsonAnswer.of(HttpStatus.ACCEPTED, messages.send(caller.id(), body));
    }
}
