package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.dkim.DkimSettings;
import dev.carillon.email.dkim.DkimSignature;
import dev.carillon.email.smtp.MailAddress;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.testsupport.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            new UnsubscribeLinks(LINKS, delivery -> false, clock),
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
        Delivery plain = digest();
        Delivery briefing = new Delivery(
                plain.id(),
                plain.channel(),
                plain.lane(),
                plain.rev(),
                Deliveries.address("ada@example.org", null, locale),
                plain.notification(),
                plain.items(),
                plain.more(),
                plain.attempts(),
                null,
                kind);

        assertThat(parse(compose(briefing)).getSubject()).isEqualTo(subject);
    }

    @Test
    void noTextEndsAFieldOfStatistics() throws Exception {
        Delivery hostile = Deliveries.labelled(single("x"), "a:b\r\nBcc: eve@example.org", "ä b");
        Message message = parse(compose(hostile));

        assertThat(field(message, "Feedback-ID")).isEqualTo("a_b__Bcc__eve_example.org:__b:single:example1");
        assertThat(message.getBcc()).isNull();
    }
}
