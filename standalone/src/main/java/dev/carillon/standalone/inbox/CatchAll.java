package dev.carillon.standalone.inbox;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mailbox of one address: hands every mail to the list. */
record CatchAll(MailAddress address, CaughtMails mails, Clock clock) implements GreenMailUser {

    private static final Logger LOG = LoggerFactory.getLogger(CatchAll.class);

    @Override
    public void deliver(MovingMessage message) {
        deliver(message.getMessage());
    }

    @Override
    public void deliver(MimeMessage message) {
        try {
            Address[] from = message.getFrom();
            String sender = from == null || from.length == 0 ? "" : from[0].toString();
            String subject = message.getSubject() == null ? "" : message.getSubject();
            String text = MailParts.first(message, "text/plain");
            String html = MailParts.first(message, "text/html");
            String messageId = message.getMessageID();
            String bare = messageId == null ? null : messageId.replaceAll("[<>\\s]", "");
            ByteArrayOutputStream source = new ByteArrayOutputStream();
            message.writeTo(source);
            mails.add(id -> new CaughtMail(
                    id,
                    bare,
                    sender,
                    address.getEmail(),
                    subject,
                    clock.instant(),
                    text,
                    html,
                    source.toString(StandardCharsets.ISO_8859_1)));
        } catch (MessagingException | IOException e) {
            LOG.warn(
                    "The development inbox cannot read a mail: {}", e.getClass().getSimpleName());
        }
    }

    @Override
    public String getEmail() {
        return address.getEmail();
    }

    @Override
    public String getLogin() {
        return address.getEmail();
    }

    @Override
    public String getQualifiedMailboxName() {
        return address.getEmail();
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void setPassword(String password) {}

    @Override
    public void authenticate(String password) {}

    @Override
    public void create() {}

    @Override
    public void delete() {}
}
