package dev.carillon.guarantees.load;

import dev.carillon.testsupport.smtp.FakeRelay;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the link by which a mail program stops further mails like one that came (RFC 8058). */
final class MailLinks {

    private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]");
    private static final Pattern ONE_CLICK = Pattern.compile("(?m)^List-Unsubscribe: *<https?://[^/>]+(/[^>]+)>");

    private MailLinks() {}

    /** Path and query, of the newest mail about a single event of this kind; empty where she has none. */
    static Optional<String> toStop(Person person, EventKind kind, List<FakeRelay.Received> mails) {
        for (FakeRelay.Received mail : mails.reversed()) {
            if (mail.recipient().equals(person.email()) && isAbout(kind, mail.content())) {
                Matcher link = ONE_CLICK.matcher(FOLD.matcher(mail.content()).replaceAll(""));
                if (link.find()) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAbout(EventKind kind, String content) {
        return content.lines().anyMatch(line -> line.startsWith("Subject: " + kind.title("k")));
    }
}
