package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.attachment.MailFile;
import dev.carillon.email.dkim.DkimSettings;
import dev.carillon.email.dkim.DkimSignature;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.tracking.TrackingSettings;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.testsupport.ManualClock;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as another library reads them, in its strict mode. */
class ComposedMailTest {
    private static final SenderSettings SENDERS = new SenderSettings(
            "no-reply@carillon.test",
            "Carillon",
            null,
            "notifications.carillon.test",
            "example1",
            Map.of(
                    "invoice.paid",
                    new SenderSettings.OfType("billing@carillon.test", "Billing", "help@carillon.test")));
    private static final UnsubscribeSettings LINKS = new UnsubscribeSettings(
            "https://api.carillon.test",
            "a secret of these tests, long enough",
            List.of(),
            Duration.ofDays(180),
            "https://app.carillon.test/preferences",
            "unsubscribe@carillon.test");

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final MailComposer composer = new MailComposer(
            SENDERS,
            new Senders(SENDERS),
            LayoutSettings.of("Example", "https://app.carillon.test", "en", null),
            new MailLinks(new UnsubscribeLinks(LINKS, delivery -> false, clock), Tracker.off(clock)),
            new DkimSignature(DkimSettings.off()),
            clock);

    private byte[] compose(Delivery delivery) {
        return composer.compose(
                delivery, MailAddress.parse(String.valueOf(delivery.address().email())));
    }

    private static Message parse(byte[] mail) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(
                MimeConfig.custom().setStrictParsing(true).setMaxLineLen(1000).build());
        return builder.parseMessage(new ByteArrayInputStream(mail));
    }

    private static String field(Message message, String name) {
        assertThat(message.getHeader().getFields(name)).as(name).hasSize(1);
        return message.getHeader().getField(name).getBody();
    }

    private static String part(Message message, int index) throws IOException {
        Multipart parts = (Multipart) message.getBody();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((TextBody) parts.getBodyParts().get(index).getBody()).writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Delivery single(String title) {
        return Deliveries.labelled(
                Deliveries.single(
                        Deliveries.address("ada@example.org", "Ada Lovelace", null),
                        Deliveries.content(title, "Thank you.", "/invoices/1")),
                "invoice.paid",
                "billing");
    }

    private static Notification item(int number, String type, String category, List<Subject> subjects) {
        Content content = new Content(
                "News " + number, null, "It happened.", "/n/" + number, List.of(), null, subjects, Map.of());
        return Deliveries.labelled(Deliveries.notification("ada", "e" + number, content), type, category);
    }

    private static Delivery digest() {
        List<Subject> tower = List.of(new Subject("task", "7", "Tower", "/tasks/7"));
        List<Notification> items = List.of(
                item(1, "task.commented", "tasks", tower),
                item(2, "invoice.paid", "billing", List.of()),
                item(3, "task.closed", "tasks", tower));
        Notification head = Deliveries.notification("ada", "head", Deliveries.content(null, null, null));
        return Deliveries.of(Deliveries.address("ada@example.org", null, null), head, items, 2);
    }

    @Test
    void everyHeaderIsThereOnce() throws Exception {
        Delivery delivery = single("Invoice paid");
        Message message = parse(compose(delivery));

        assertThat(message.getSubject()).isEqualTo("Invoice paid");
        assertThat(message.getFrom())
                .singleElement()
                .satisfies(from -> assertThat(from.getName()).isEqualTo("Billing"))
                .satisfies(from -> assertThat(from.getAddress()).isEqualTo("billing@carillon.test"));
        assertThat(message.getReplyTo()).hasToString("[help@carillon.test]");
        assertThat(message.getTo()).hasToString("[ada@example.org]");
        assertThat(message.getDate()).isEqualTo(Date.from(clock.instant()));
        assertThat(message.getMessageId()).isEqualTo("<" + delivery.id() + "@carillon.test>");
        assertThat(field(message, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(field(message, "Feedback-ID")).isEqualTo("invoice.paid:billing:single:example1");
        assertThat(field(message, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(field(message, "List-Unsubscribe").replaceAll("\\s+", " "))
                .matches("<https://api\\.carillon\\.test/api/v1/email/unsubscribe\\?token=[\\w-]+>,"
                        + " <mailto:unsubscribe@carillon\\.test\\?subject=unsubscribe>");
        assertThat(field(message, "List-Id")).contains("<notifications.carillon.test>");
        assertThat(field(message, "Content-Language")).isEqualTo("en");
        assertThat(message.getMimeType()).isEqualTo("multipart/alternative");
    }

    @Test
    void theWaysOutAreInBothParts() throws Exception {
        Message message = parse(compose(single("Invoice paid")));

        for (int part = 0; part < 2; part++) {
            assertThat(part(message, part))
                    .contains(
                            "https://api.carillon.test/api/v1/email/unsubscribe?token",
                            "https://app.carillon.test/preferences");
        }
    }

    @Test
    void aDigestCountsInItsSubjectAndIsGroupedByCategoryAndSubject() throws Exception {
        Message message = parse(compose(digest()));

        assertThat(message.getSubject()).isEqualTo("5 new notifications");
        assertThat(field(message, "Feedback-ID")).isEqualTo("::digest:example1");
        assertThat(message.getFrom()).hasToString("[no-reply@carillon.test]");
        assertThat(part(message, 0).lines().map(String::strip).filter(line -> !line.isEmpty()))
                .startsWith(
                        "5 new notifications",
                        "=== Tasks ===",
                        "Tower https://app.carillon.test/tasks/7",
                        "* News 1",
                        "It happened.",
                        "https://app.carillon.test/n/1",
                        "* News 3",
                        "It happened.",
                        "https://app.carillon.test/n/3",
                        "=== Billing ===",
                        "* News 2",
                        "It happened.",
                        "https://app.carillon.test/n/2",
                        "and 2 more",
                        "--");
        assertThat(part(message, 1))
                .containsSubsequence(">Tasks</h2>", ">Tower</a>", "News 3", ">Billing</h2>", "and 2 more");
    }

    @ParameterizedTest
    @CsvSource({
        "MORNING, en, Good morning! 5 new notifications",
        "EVENING, de-AT, Guten Abend! 5 neue Benachrichtigungen",
        "WEEKLY, en, 5 new notifications"
    })
    void briefingsGreet(DigestKind kind, String locale, String subject) throws Exception {
        Delivery briefing = Deliveries.briefing(digest(), Deliveries.address("ada@example.org", null, locale), kind);

        Message message = parse(compose(briefing));
        assertThat(message.getSubject()).isEqualTo(subject);
        assertThat(field(message, "Content-Language")).isEqualTo(locale);
    }

    private static MailFile file(String name, String type, boolean inline) {
        return new MailFile(name, type, name.getBytes(StandardCharsets.UTF_8), inline);
    }

    private Message withFiles(MailFile... files) throws IOException {
        byte[] mail = composer.compose(single("Invoice paid"), MailAddress.parse("ada@example.org"), List.of(files));
        assertThat(new String(mail, StandardCharsets.UTF_8).lines()).allMatch(line -> line.length() <= 998);
        return parse(mail);
    }

    private static List<Entity> parts(Entity entity) {
        return ((Multipart) entity.getBody()).getBodyParts();
    }

    private static byte[] content(Entity part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((SingleBody) part.getBody()).writeTo(bytes);
        return bytes.toByteArray();
    }

    @Test
    void picturesAreRelatedToTheHtmlAndFilesStandBesideIt() throws Exception {
        Message message = withFiles(
                file("invoice.pdf", "application/pdf", false),
                file("logo.png", "image/png", true),
                file("terms.txt", "text/plain", false));

        assertThat(message.getMimeType()).isEqualTo("multipart/mixed");
        List<Entity> parts = parts(message);
        assertThat(parts)
                .extracting(Entity::getMimeType)
                .containsExactly("multipart/related", "application/pdf", "text/plain");
        assertThat(parts).extracting(Entity::getDispositionType).containsExactly(null, "attachment", "attachment");
        assertThat(content(parts.get(1))).isEqualTo("invoice.pdf".getBytes(StandardCharsets.UTF_8));
        List<Entity> related = parts(parts.getFirst());
        assertThat(related).extracting(Entity::getMimeType).containsExactly("multipart/alternative", "image/png");
        assertThat(related.get(1).getDispositionType()).isEqualTo("inline");
        assertThat(related.get(1).getHeader().getField("Content-ID").getBody()).isEqualTo("<picture-0@carillon>");
        assertThat(new String(content(parts(related.getFirst()).get(1)), StandardCharsets.UTF_8))
                .contains("src=\"cid:picture-0@carillon\"", "alt=\"logo.png\"");
    }

    @Test
    void aPictureOrAFileAloneNeedsOneLevelLess() throws Exception {
        assertThat(withFiles(file("a.png", "image/png", true)).getMimeType()).isEqualTo("multipart/related");
        Message file = withFiles(file("a.pdf", "application/pdf", false));
        assertThat(file.getMimeType()).isEqualTo("multipart/mixed");
        assertThat(parts(file).getFirst().getMimeType()).isEqualTo("multipart/alternative");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice.pdf",
                "two words; and = \"quotes\".pdf",
                "Rechnung März – 2026.pdf",
                "\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8\u8ACB\u6C42\u66F8.pdf",
                "a-name-of-a-hundred-characters-a-name-of-a-hundred-characters-a-name-of-a-hundred-characters-abc.pdf"
            })
    void aNameOfAnyLengthAndAlphabetComesThrough(String name) throws Exception {
        Message message = withFiles(file(name, "application/pdf", false));
        assertThat(parts(message).get(1).getFilename()).isEqualTo(name);
    }

    @Test
    void aDigestLinksToFilesInsteadOfBringingThem() throws Exception {
        Content content = new Content(
                "Invoice",
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                Map.of(),
                List.of(
                        new Attachment("a.pdf", null, "https://shop.example.org/a", null, false),
                        new Attachment("b.pdf", null, null, null, false)));
        Delivery digest = Deliveries.of(
                Deliveries.address("ada@example.org", null, null),
                Deliveries.notification("ada", "head", Deliveries.content(null, null, null)),
                List.of(Deliveries.notification("ada", "e1", content)),
                1);
        Message message = parse(compose(digest));

        assertThat(message.getMimeType()).isEqualTo("multipart/alternative");
        assertThat(part(message, 0).lines().map(String::strip))
                .contains("+ a.pdf https://shop.example.org/a", "+ b.pdf");
        assertThat(part(message, 1)).contains("href=\"https://shop.example.org/a\"", "b.pdf");
    }

    @Test
    void aTrackedMailLeadsOverUsInBothPartsAndHasOnePicture() throws Exception {
        Tracker tracker = new Tracker(
                new TrackingSettings(true, Duration.ofDays(365)),
                LINKS,
                type -> new Tracking(true, true),
                recipient -> false,
                clock);
        MailComposer tracking = new MailComposer(
                SENDERS,
                new Senders(SENDERS),
                LayoutSettings.of("Example", "https://app.carillon.test", "en", null),
                new MailLinks(new UnsubscribeLinks(LINKS, delivery -> false, clock), tracker),
                new DkimSignature(DkimSettings.off()),
                clock);
        Message message = parse(tracking.compose(single("Invoice paid"), MailAddress.parse("ada@example.org")));

        String click = "https://api.carillon.test/api/v1/email/click?token";
        assertThat(part(message, 0)).contains(click).doesNotContain("app.carillon.test/invoices", "/open?");
        assertThat(part(message, 1))
                .contains(click, "https://api.carillon.test/api/v1/email/open?token", "width=\"1\"")
                .doesNotContain("app.carillon.test/invoices");
    }

    private String thread(String recipient, String event, @Nullable String group, @Nullable String thread)
            throws IOException {
        Notification labelled = Deliveries.with(
                Deliveries.notification(recipient, event, Deliveries.content("News", null, null)),
                null,
                new Labels(null, null, null, Mode.QUEUED, group, thread));
        Message message = parse(
                compose(Deliveries.of(Deliveries.address("ada@example.org", null, null), labelled, List.of(), 0)));
        String references = field(message, "References");
        assertThat(field(message, "In-Reply-To")).isEqualTo(references);
        assertThat(references).matches("<thread-[0-9a-f-]{36}@carillon\\.test>");
        return references;
    }

    @Test
    void mailsOfOneGroupOrOneThreadReferToTheSame() throws Exception {
        String order = thread("ada", "e1", "order-1", null);

        assertThat(thread("ada", "e2", "order-1", null)).isEqualTo(order);
        assertThat(thread("ada", "e3", "order-2", null)).isNotEqualTo(order);
        assertThat(thread("bob", "e4", "order-1", null)).isNotEqualTo(order);
        String talk = thread("ada", "e5", "order-1", "talk-7");
        assertThat(talk).as("a thread goes before a group").isNotEqualTo(order);
        assertThat(thread("ada", "e6", "order-2", "talk-7")).isEqualTo(talk);
        assertThat(parse(compose(single("alone"))).getHeader().getFields("References"))
                .isEmpty();
    }

    /** Read by another library than the others: RFC 6532 is not in its strict mode. */
    @Test
    void anInternationalAddressIsReadBackAsItWas() throws Exception {
        Delivery delivery = Deliveries.single(
                Deliveries.address("ådá@exämple.org", "Ådá Lövelace", null),
                Deliveries.content("Grüße", "Schön.", null));
        Properties settings = new Properties();
        settings.setProperty("mail.mime.allowutf8", "true");
        MimeMessage message =
                new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(compose(delivery)));

        InternetAddress to = (InternetAddress) message.getRecipients(jakarta.mail.Message.RecipientType.TO)[0];
        assertThat(to.getAddress()).isEqualTo("ådá@xn--exmple-cua.org");
        assertThat(to.getPersonal()).isEqualTo("Ådá Lövelace");
        assertThat(message.getSubject()).isEqualTo("Grüße");
        assertThat((String)
                        ((MimeMultipart) message.getContent()).getBodyPart(0).getContent())
                .contains("Schön.");
    }

    @Test
    void noTextEndsAFieldOfStatistics() throws Exception {
        Delivery hostile = Deliveries.labelled(single("x"), "a:b\r\nBcc: eve@example.org", "ä b");
        Message message = parse(compose(hostile));

        assertThat(field(message, "Feedback-ID")).isEqualTo("a_b__Bcc__eve_example.org:__b:single:example1");
        assertThat(message.getBcc()).isNull();
    }
}
