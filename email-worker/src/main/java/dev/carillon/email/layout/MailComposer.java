package dev.carillon.email.layout;

import dev.carillon.email.smtp.MailAddress;
import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of a mail out of a delivery: headers, a text and an HTML part. The same delivery always has the same
 * {@code Message-ID}, so that a receiver can recognise a repetition.
 */
public final class MailComposer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /** Cannot occur in quoted-printable text, where "=" is followed by a digit, A to F, or a line's end. */
    private static final String BOUNDARY = "=_carillon_part";

    private final SenderSettings sender;
    private final LayoutSettings look;
    private final LetterOf letters;
    private final MailLayout layout = new MailLayout();
    private final MailAddress from;
    private final String fixedHeaders;
    private final Clock clock;

    public MailComposer(SenderSettings sender, LayoutSettings look, Clock clock) {
        this.sender = sender;
        this.look = look;
        this.letters = new LetterOf(new PublicOrigin(look.publicOrigin()), look.defaultLocale());
        this.from = sender.address();
        this.fixedHeaders = fixedHeaders();
        this.clock = clock;
    }

    /** The complete message, with CRLF line ends, none longer than 998 octets. */
    public byte[] compose(Delivery delivery, MailAddress recipient) {
        Letter letter = letters.read(delivery);
        Page page = Page.of(letter, look);
        String html = layout.html(page);
        Octets message = new Octets(html.length() + html.length() / 4 + 2048);
        headers(message, delivery, letter, recipient);
        part(message, "text/plain", layout.text(page));
        part(message, "text/html", html);
        return message.line("--" + BOUNDARY + "--").toByteArray();
    }

    private void headers(Octets message, Delivery delivery, Letter letter, MailAddress recipient) {
        message.raw(fixedHeaders)
                .line("To: " + HeaderText.mailbox("To", delivery.address().name(), recipient))
                .line("Subject: " + HeaderText.unstructured("Subject", letter.subject()))
                .line("Date: " + DATE.format(Instant.now(clock).atOffset(ZoneOffset.UTC)))
                .line("Message-ID: <" + delivery.id() + "@" + from.domain() + ">");
        String thread = thread(delivery);
        if (thread != null) {
            message.line("In-Reply-To: " + thread).line("References: " + thread);
        }
        message.line("Content-Language: " + letter.locale().toLanguageTag()).crlf();
    }

    /** What mails of one thread, or one group, refer to: a message that never was, so the first needs no other form. */
    private @Nullable String thread(Delivery delivery) {
        var labels = delivery.notification().labels();
        String name = labels.thread() != null ? labels.thread() : labels.group();
        if (name == null || delivery.merged()) {
            return null;
        }
        String unique = delivery.recipient().value() + '\n' + name;
        UUID id = UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8));
        return "<thread-" + id + "@" + from.domain() + ">";
    }

    private String fixedHeaders() {
        StringBuilder headers = new StringBuilder(
                        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"")
                .append(BOUNDARY)
                .append("\"\r\nFrom: ")
                .append(HeaderText.mailbox("From", sender.fromName(), from))
                .append("\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n");
        String replyTo = sender.replyTo();
        if (replyTo != null) {
            headers.append("Reply-To: ")
                    .append(MailAddress.parse(replyTo.strip()))
                    .append("\r\n");
        }
        String listId = sender.listId();
        if (listId != null) {
            headers.append("List-Id: ")
                    .append(HeaderText.named("List-Id", look.product(), listId))
                    .append("\r\n");
        }
        return headers.toString();
    }

    private static void part(Octets message, String type, String content) {
        message.line("--" + BOUNDARY)
                .line("Content-Type: " + type + "; charset=UTF-8")
                .line("Content-Transfer-Encoding: quoted-printable")
                .crlf()
                .quotedPrintable(content)
                .crlf();
    }
}
