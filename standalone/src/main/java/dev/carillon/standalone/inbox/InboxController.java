package dev.carillon.standalone.inbox;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /demo/mails}: the caught mails, newest first; {@code after} leaves out those up to an id. */
@RestController
final class InboxController {

    private final CaughtMails mails;

    InboxController(CaughtMails mails) {
        this.mails = mails;
    }

    @GetMapping("/demo/mails")
    Inbox mails(@RequestParam(defaultValue = "0") long after) {
        return new Inbox(mails.newestFirst(after));
    }

    record Inbox(List<CaughtMail> mails) {}
}
