package dev.carillon.standalone.inbox;

import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caught mails, newest first, and what one of them looked like on its way. */
@RestController
final class InboxController {

    private final CaughtMails mails;

    InboxController(CaughtMails mails) {
        this.mails = mails;
    }

    /** {@code after} leaves out those up to an id. */
    @GetMapping("/demo/mails")
    Inbox mails(@RequestParam(defaultValue = "0") long after) {
        return new Inbox(mails.newestFirst(after));
    }

    /** Octet for octet, and as a text that no browser takes for a page. */
    @GetMapping("/demo/mails/{id}/source")
    ResponseEntity<byte[]> source(@PathVariable long id) {
        String source = mails.source(id);
        if (source == null) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "there is no source of such a mail");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header("X-Content-Type-Options", "nosniff")
                .body(source.getBytes(StandardCharsets.ISO_8859_1));
    }

    record Inbox(List<CaughtMail> mails) {}
}
