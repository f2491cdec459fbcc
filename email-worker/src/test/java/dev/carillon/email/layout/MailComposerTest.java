package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {

    private static final Instant NOW = Instant.parse("2026-11-20T21:05:09Z");
    private static final Address ADA = Deliveries.address("ada@example.org", "Ada Lovelace", null);

    private final MailComposer composer = composer("https://app.example.com");

    private static MailComposer composer(@Nullable String origin) {
        return new MailComposer(
                SenderSettings.of(
                        "no-reply@carillon.test", "Carillon", "help@carillon.test", "notifications.carillon.test"),
                LayoutSettings.of("Example", origin, "en", null),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static byte[] compose(MailComposer composer, Delivery delivery) {
        String email = delivery.address().email();
        return composer.compose(delivery, MailAddress.parse(email == null ? "ada@example.org" : email));
    }

    private MimeMessage read(Delivery delivery) throws MessagingException {
        return parse(compose(composer, delivery));
    }

    private static MimeMessage parse(byte[] message) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
    }

    private static String text(MimeMessage message) throws MessagingException, IOException {
        return part(message, 0, "text/plain; charset=UTF-8");
    }

    private static String html(MimeMessage message) throws MessagingException, IOException {
        return part(message, 1, "text/html; charset=UTF-8");
    }

    private static String part(MimeMessage message, int index, String type) throws MessagingException, IOException {
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(index).getContentType()).isEqualTo(type);
        return (String) parts.getBodyPart(index).getContent();
    }

    private static Content titled(String title) {
        return Deliveries.content(title, "body", null);
    }

    @Test
    void saysTheSameAsTextAndAsHtml() throws Exception {
        MimeMessage message = read(Deliveries.single(
                ADA, Deliveries.content("Invoice paid", "Thank you.\nSee you.\n\nYours", "/invoices/1?a=1&b=2")));

        assertThat(text(message)).isEqualToNormalizingNewlines("""
            Invoice paid

            Thank you.
            See you.

            Yours

            Open: https://app.example.com/invoices/1?a=1&b=2

            --\s
            Example
            You receive this mail because of your notification settings.
            """);
        assertThat(html(message))
                .contains(">Invoice paid</h1>")
                .contains("Thank you.<br>See you.</p>")
                .contains("href=\"https://app.example.com/invoices/1?a&#x3D;1&amp;b&#x3D;2\"")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void carriesTheHeadersThatMailboxProvidersExpect() throws Exception {
        Delivery delivery = Deliveries.single(ADA, titled("Invoice paid"));
        MimeMessage message = read(delivery);

        assertThat(message.getSubject()).isEqualTo("Invoice paid");
        assertThat(message.getFrom()).containsExactly(new InternetAddress("no-reply@carillon.test", "Carillon"));
        assertThat(message.getReplyTo()).containsExactly(new InternetAddress("help@carillon.test"));
        assertThat(message.getAllRecipients()).containsExactly(new InternetAddress("ada@example.org", "Ada Lovelace"));
        assertThat(message.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(message.getHeader("Date")).containsExactly("Fri, 20 Nov 2026 21:05:09 +0000");
        assertThat(message.getMessageID()).isEqualTo("<" + delivery.id() + "@carillon.test>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("List-Id")).containsExactly("\"Example\" <notifications.carillon.test>");
        assertThat(message.getHeader("MIME-Version")).containsExactly("1.0");
    }

    @Test
    void aRepeatedDeliveryHasTheSameMessageId() throws Exception {
        Delivery delivery = Deliveries.single(ADA, titled("once"));
        assertThat(read(delivery).getMessageID()).isEqualTo(read(delivery).getMessageID());
        assertThat(read(delivery).getMessageID())
                .isNotEqualTo(read(Deliveries.single("ada", "e2", ADA, titled("twice")))
                        .getMessageID());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: eve@example.org",
                "a\nBcc: eve@example.org",
                "a\rBcc: eve@example.org",
                "a\r\n\r\n<html>",
                "a\u0085Bcc: eve@example.org",
                "a\u2028Bcc: eve@example.org",
                "ä\r\nBcc: eve@example.org",
                "=?UTF-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?="
            })
    void noTextBecomesAHeader(String hostile) throws Exception {
        Address address = Deliveries.address("ada@example.org", hostile, hostile);
        Content content = new Content(
                hostile,
                hostile,
                hostile,
                hostile,
                List.of(new Action("x", hostile, hostile)),
                hostile,
                List.of(),
                Map.of());
        Notification head = Deliveries.notification("ada", "e1", content);
        Notification labelled = new Notification(
                head.id(),
                head.event(),
                head.recipient(),
                hostile,
                head.createdAt(),
                null,
                new Labels(hostile, null, null, Mode.QUEUED, hostile, hostile),
                false,
                null,
                content);

        MimeMessage message = read(Deliveries.of(address, labelled, List.of(), 0));

        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(message.getSubject()).isEqualTo(HeaderText.clean(hostile));
    }

    @Test
    void keepsEveryLanguageInHeadersAndText() throws Exception {
        String words = "Grüße, 你好 👋🏽 — " + "ж".repeat(120);
        MimeMessage message = read(Deliveries.single(
                Deliveries.address("ada@example.org", "Ädä \"Countess\" 👑", "de-AT"),
                Deliveries.content(words, words + "\nEnde", null)));

        assertThat(message.getSubject()).isEqualTo(words);
        assertThat(((InternetAddress) message.getAllRecipients()[0]).getPersonal())
                .isEqualTo("Ädä \"Countess\" 👑");
        assertThat(text(message)).startsWith(words).contains("Ende").contains("Sie erhalten diese Mail");
        assertThat(html(message)).contains(words).contains("lang=\"de-AT\"");
    }

    @Test
    void noLineIsLongerThanTheRfcAllows() {
        String endless = "x".repeat(5000);
        byte[] message = compose(
                composer,
                Deliveries.single(
                        Deliveries.address("ada@example.org", endless, null),
                        Deliveries.content(endless, endless + "\n" + "ü".repeat(3000), null)));

        for (String line : new String(message, StandardCharsets.UTF_8).split("\r\n", -1)) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(998);
            assertThat(line).doesNotContain("\n", "\r");
        }
    }

    @Test
    void aPreviewEndsBetweenCharacters() throws Exception {
        String body = "x" + "\uD83D\uDC4B".repeat(200);
        String html = html(read(Deliveries.single(ADA, Deliveries.content("Hello", body, null))));

        assertThat(html).contains("\uD83D\uDC4B…</div>").doesNotContain("?…");
    }

    @Test
    void markupOfAnEventStaysText() throws Exception {
        MimeMessage message = read(Deliveries.single(
                ADA,
                Deliveries.content(
                        "<script>alert(1)</script>", "<img src=x onerror=alert(1)> {{subject}} &amp;", null)));

        assertThat(html(message))
                .doesNotContain("<script", "<img src=x")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "{{subject}} &amp;amp;");
        assertThat(text(message)).contains("<script>alert(1)</script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                " javascript:alert(1)",
                "data:text/html,x",
                "//evil.example/x",
                "/\\evil.example",
                "https://ada@evil.example/",
                "https:///x",
                "http:x",
                "ftp://example.org/",
                "mailto:eve@example.org",
                "https://example.org/\" onclick=\"x",
                "\u0000/x"
            })
    void aLinkThatIsNoWebAddressIsLeftOut(String link) throws Exception {
        MimeMessage message = read(Deliveries.single(ADA, Deliveries.content("title", "body", link)));

        assertThat(html(message)).doesNotContain("href");
        assertThat(text(message)).doesNotContain("Open:");
    }

    @Test
    void aRelativeLinkNeedsAnOrigin() throws Exception {
        Delivery delivery = Deliveries.single(ADA, Deliveries.content("title", "body", "invoices/1"));

        assertThat(text(read(delivery))).contains("Open: https://app.example.com/invoices/1");
        assertThat(text(parse(compose(composer("https://app.example.com/tenant"), delivery))))
                .contains("Open: https://app.example.com/tenant/invoices/1");
        assertThat(text(parse(compose(composer(null), delivery)))).doesNotContain("Open:");
    }

    @Test
    void aMergedMailListsItsItemsAndCountsTheRest() throws Exception {
        List<Notification> items = IntStream.range(0, 3)
                .mapToObj(i -> Deliveries.notification(
                        "ada", "e" + i, Deliveries.content("Invoice " + i, "Paid by bob", "/invoices/" + i)))
                .toList();
        Notification head = Deliveries.notification("ada", "m", Deliveries.content(null, null, null));

        MimeMessage message = read(Deliveries.of(ADA, head, items, 4));

        assertThat(message.getSubject()).isEqualTo("7 new notifications");
        assertThat(text(message))
                .contains("* Invoice 0", "* Invoice 2", "https://app.example.com/invoices/1", "and 4 more")
                .doesNotContain("Open:");
        assertThat(html(message)).contains("<h3", ">Invoice 1</a>", "and 4 more");
    }

    @Test
    void mailsOfAThreadReferToOneMessage() throws Exception {
        MimeMessage first = read(inThread("e1", "thread-7"));
        MimeMessage second = read(inThread("e2", "thread-7"));

        assertThat(first.getHeader("References"))
                .isEqualTo(second.getHeader("References"))
                .hasSize(1);
        assertThat(first.getHeader("References"))
                .isNotEqualTo(read(inThread("e1", "other")).getHeader("References"));
        assertThat(read(Deliveries.single(ADA, titled("alone"))).getHeader("References"))
                .isNull();
    }

    private static Delivery inThread(String event, String thread) {
        Notification labelled = Deliveries.with(
                Deliveries.notification("ada", event, titled("title")),
                null,
                new Labels(null, null, null, Mode.QUEUED, null, thread));
        return Deliveries.of(ADA, labelled, List.of(), 0);
    }

    @Test
    void somethingIsSaidEvenWhereTheEventSaysNothing() throws Exception {
        MimeMessage message = read(Deliveries.single(ADA, Deliveries.content(null, null, null)));

        assertThat(message.getSubject()).isEqualTo("New notification");
        assertThat(text(message)).startsWith("New notification");
    }
}
