package dev.carillon.standalone.inbox;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /demo/mails}: the caught mails, newest first. */
@RestController
final class InboxController {

    private final CaughtMails mails;

    InboxController(CaughtMails mails) {
        this.mails = mails;
    }

    @GetMapping("/demo/mails")
    Inbox mails() {
        return new Inbox(mails.newestFirst());
    }

    record Inbox(List<CaughtMail> mails) {}
}
