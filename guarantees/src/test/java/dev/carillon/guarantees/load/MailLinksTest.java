package dev.carillon.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.smtp.FakeRelay.Received;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The link of one click in mails as they travel. */
class MailLinksTest {

    private static final Person ADA = new Person("ada", Person.Kind.UNSUBSCRIBES);

    @Test
    void isOfTheNewestMailOfHersAboutTheKind() {
        List<Received> mails = List.of(
                mail("ada", "NEWS k0n000001z", "first"),
                mail("ada", "NEWS k0n000002z", "second"),
                mail("ada", "REMINDER k0n000003z", "of another type"),
                mail("bob", "NEWS k0n000004z", "of somebody else"));
        assertThat(MailLinks.toStop(ADA, EventKind.NEWS, mails)).contains("/api/v1/email/unsubscribe?token=second");
        assertThat(MailLinks.toStop(ADA, EventKind.BATCH, mails)).isEmpty();
    }

    private static Received mail(String recipient, String subject, String token) {
        String content = "From: carillon@example.org\r\nSubject: " + subject
                + "\r\nList-Unsubscribe:\r\n <https://carillon.example.org/api/v1/email/unsubscribe?token=" + token
                + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nIt happened.\r\n";
        return new Received("carillon@example.org", recipient + "@example.org", content, false);
    }
}
