package dev.carillon.standalone.pipeline;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.carillon.embedded.LoopbackPort;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.stream.Stream;

/** A relay on the loopback that keeps what it is given. */
final class CaughtMails implements AutoCloseable {
    private final GreenMail server =
            new GreenMail(new ServerSetup(LoopbackPort.choose(0), LoopbackPort.HOST, ServerSetup.PROTOCOL_SMTP));

    void start() {
        server.start();
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** Of all mails to {@code recipient}, whatever domain she is at. */
    List<String> subjectsTo(String recipient) {
        return Stream.of(server.getReceivedMessages())
                .filter(mail -> addressee(mail).contains(recipient + "@"))
                .map(CaughtMails::subject)
                .toList();
    }

    private static String addressee(MimeMessage mail) {
        try {
            return String.valueOf(mail.getHeader("To", ","));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage mail) {
        try {
            return String.valueOf(mail.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
