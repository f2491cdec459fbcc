package dev.carillon.email.layout;

import dev.carillon.email.attachment.MailFile;
import dev.carillon.email.catalogue.About;
import dev.carillon.email.dkim.DkimSettings;
import dev.carillon.email.dkim.DkimSignature;
import dev.carillon.email.tracking.TrackedLinks;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of a mail out of a delivery: headers, a text and an HTML part. The same delivery always has the same
 * {@code Message-ID}, so that a receiver can recognise a repetition.
 */
public final class MailComposer {

    /** What would end a field, or the line. */
    private static final Pattern NO_FIELD = Pattern.compile("[^A-Za-z0-9._-]");

    private final Senders senders;
    private final LayoutSettings look;
    private final UnsubscribeLinks links;
    private final Tracker tracker;
    private final DkimSignature signature;
    private final LetterOf letters;
    private final MailLayout layout;
    private final MailAddress from;
    private final String fixedHeaders;
    private final String feedbackId;
    private final MailDates dates;

    /** @throws IllegalArgumentException naming file, line and column where a file of the layout is broken */
    public MailComposer(
            SenderSettings settings,
            Senders senders,
            LayoutSettings look,
            MailLinks links,
            DkimSignature signature,
            Clock clock) {
        this.senders = senders;
        this.look = look;
        this.links = links.unsubscribe();
        this.tracker = links.tracker();
        this.signature = signature;
        this.letters = new LetterOf(new PublicOrigin(look.publicOrigin()), look.defaultLocale());
        this.layout = new MailLayout(look.directory());
        this.from = settings.address();
        this.fixedHeaders = fixedHeaders(settings.listId(), look.product());
        this.feedbackId = settings.feedbackId();
        this.dates = new MailDates(clock);
    }

    /** One whose mails cannot be stopped, tell nothing and are not signed. */
    public MailComposer(SenderSettings settings, LayoutSettings look, Clock clock) {
        this(
                settings,
                new Senders(settings),
                look,
                new MailLinks(
                        new UnsubscribeLinks(UnsubscribeSettings.off(), delivery -> false, clock), Tracker.off(clock)),
                new DkimSignature(DkimSettings.off()),
                clock);
    }

    /** What people see of a mail. */
    public record Parts(String subject, String text, String html) {}

    /** The same that {@link #compose} puts into a message. */
    public Parts parts(Delivery delivery) {
        Letter letter = letters.read(delivery, TrackedLinks.NONE, List.of());
        Page page = Page.of(letter, look, new Footing(links.of(delivery), links.preferences(), null));
        return new Parts(letter.subject(), layout.text(page, letter.merged()), layout.html(page, letter.merged()));
    }

    /** A message without files. */
    public byte[] compose(Delivery delivery, MailAddress recipient) {
        return compose(delivery, recipient, List.of());
    }

    /** The complete message, signed, with CRLF line ends, none longer than 998 octets. */
    public byte[] compose(Delivery delivery, MailAddress recipient, List<MailFile> files) {
        TrackedLinks tracked = tracker.of(delivery);
        Letter letter = letters.read(delivery, tracked, files);
        String unsubscribe = links.of(delivery);
        Page page = Page.of(letter, look, new Footing(unsubscribe, links.preferences(), tracked.pixel()));
        String html = layout.html(page, letter.merged());
        Multipart parts = new Multipart(files);
        Octets message = new Octets(html.length() + html.length() / 4 + 3072 + encoded(files));
        message.line(parts.contentType());
        headers(message, delivery, letter, recipient, unsubscribe);
        parts.write(message, layout.text(page, letter.merged()), html);
        MailAddress sender = senders.address(About.of(delivery).type());
        return signature.sign(message.toByteArray(), sender);
    }

    private static int encoded(List<MailFile> files) {
        return files.stream()
                .mapToInt(file -> file.content().length / 2 * 3 + 1024)
                .sum();
    }

    private void headers(
            Octets message, Delivery delivery, Letter letter, MailAddress recipient, @Nullable String unsubscribe) {
        About about = About.of(delivery);
        message.raw(fixedHeaders)
                .raw(senders.of(about.type()).headers())
                .line("To: " + HeaderText.mailbox("To", delivery.address().name(), recipient))
                .line("Subject: " + HeaderText.unstructured("Subject", letter.subject()))
                .line("Date: " + dates.now())
                .line("Message-ID: <" + delivery.id() + "@" + from.domain() + ">")
                .line("Feedback-ID: " + feedbackId(about, letter.merged()));
        String thread = thread(delivery);
        if (thread != null) {
            message.line("In-Reply-To: " + thread).line("References: " + thread);
        }
        if (unsubscribe != null) {
            unsubscribe(message, unsubscribe);
        }
        message.line("Content-Language: " + letter.locale().toLanguageTag()).crlf();
    }

    /** RFC 2369, and RFC 8058 for the https link. */
    private void unsubscribe(Octets message, String link) {
        String mailto = links.mailto();
        message.line("List-Unsubscribe: <" + link + ">" + (mailto == null ? "" : ",\r\n <" + mailto + ">"))
                .line("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }

    /** What providers sum their statistics by: three fields of ours, and the sender's own last. */
    private String feedbackId(About about, boolean merged) {
        return field(about.type()) + ":" + field(about.category()) + ":" + (merged ? "digest" : "single") + ":"
                + feedbackId;
    }

    private static String field(@Nullable String name) {
        return name == null ? "" : NO_FIELD.matcher(name).replaceAll("_");
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

    private static String fixedHeaders(@Nullable String listId, String product) {
        String headers =
                "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n";
        return listId == null ? headers : headers + "List-Id: " + HeaderText.named("List-Id", product, listId) + "\r\n";
    }
}
