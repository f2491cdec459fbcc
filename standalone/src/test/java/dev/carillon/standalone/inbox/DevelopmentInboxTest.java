package dev.carillon.standalone.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.testsupport.ManualClock;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentInboxTest {

    private final int port = LoopbackPort.choose(0);
    private final CaughtMails mails = new CaughtMails(null);
    private final DevelopmentInbox inbox = new DevelopmentInbox(port, mails, ManualClock.at("2026-11-20T10:00:00Z"));

    @BeforeEach
    void start() {
        inbox.start();
    }

    @AfterEach
    void stop() {
        inbox.stop();
    }

    @Test
    void showsBothPartsOfAMailToEachOfItsRecipients() throws MessagingException {
        send("Grüße", "ada@example.org", "bob@example.org");
        assertThat(mails.newestFirst(0))
                .hasSize(2)
                .allSatisfy(mail -> {
                    assertThat(mail.from()).isEqualTo("carillon@example.org");
                    assertThat(mail.subject()).isEqualTo("Grüße");
                    assertThat(mail.messageId()).isNotBlank().doesNotContain("<", ">");
                    assertThat(mail.text()).isEqualTo("plain");
                    assertThat(mail.html()).isEqualTo("<b>html</b>");
                    assertThat(mail.receivedAt()).isEqualTo("2026-11-20T10:00:00Z");
                })
                .extracting(CaughtMail::to)
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
    }

    @Test
    void keepsTheSourceAsItTravelledApartFromTheLists() throws MessagingException {
        send("Grüße", "ada@example.org");

        CaughtMail listed = mails.newestFirst(0).getFirst();
        assertThat(listed.source()).isNull();
        assertThat(mails.source(listed.id()))
                .contains("Subject: =?UTF-8?", "Content-Type: multipart/alternative;", "\r\n\r\nplain\r\n");
        assertThat(mails.source(99)).isNull();
    }

    @Test
    void keepsTheLastMailsOnly() throws MessagingException {
        send("first", "ada@example.org");
        CaughtMail sample = mails.newestFirst(0).getFirst();
        for (int i = 0; i < CaughtMails.KEPT; i++) {
            mails.add(id -> new CaughtMail(
                    id,
                    sample.messageId(),
                    sample.from(),
                    sample.to(),
                    "later",
                    sample.receivedAt(),
                    sample.text(),
                    sample.html(),
                    null));
        }
        assertThat(mails.newestFirst(0))
                .hasSize(CaughtMails.KEPT)
                .noneMatch(mail -> mail.subject().equals("first"));
        assertThat(mails.newestFirst(0).getFirst().id()).isEqualTo(CaughtMails.KEPT + 1L);
    }

    @Test
    void keepsTheNewestOverARestart(@TempDir Path directory) throws IOException {
        CaughtMails kept = new CaughtMails(new MailFiles(directory));
        for (int i = 0; i < CaughtMails.KEPT + 2; i++) {
            kept.add(id -> new CaughtMail(
                    id,
                    "m" + id + "@x",
                    "a@x",
                    "b@x",
                    "Nr. " + id,
                    Instant.parse("2026-11-20T10:00:00Z"),
                    null,
                    "<b>",
                    "Subject: Nr. " + id));
        }
        Files.writeString(directory.resolve("0000000000000000500.json"), "torn");

        CaughtMails again = new CaughtMails(new MailFiles(directory));

        assertThat(again.newestFirst(0))
                .hasSize(CaughtMails.KEPT - 1)
                .isEqualTo(kept.newestFirst(0).stream()
                        .filter(mail -> mail.id() != 500)
                        .toList());
        assertThat(again.source(700)).isEqualTo("Subject: Nr. 700");
        assertThat(again.source(500)).isNull();
        again.add(id -> new CaughtMail(
                id, null, "a@x", "b@x", "next", Instant.parse("2026-11-20T10:00:00Z"), "text", null, null));
        assertThat(again.newestFirst(CaughtMails.KEPT + 2L))
                .singleElement()
                .extracting(CaughtMail::subject)
                .isEqualTo("next");
    }

    private void send(String subject, String... recipients) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", LoopbackPort.HOST);
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("carillon@example.org");
        message.setRecipients(RecipientType.TO, InternetAddress.parse(String.join(",", recipients)));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("plain", "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<b>html</b>", "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        Transport.send(message);
    }
}
