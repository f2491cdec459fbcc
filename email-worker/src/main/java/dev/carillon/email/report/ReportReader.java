package dev.carillon.email.report;

import dev.carillon.email.report.Feedback.Kind;
import dev.carillon.email.smtp.EnhancedStatus;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.mail.MailAddress;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Reads raw reports: delivery status notifications (RFC 3464) and abuse reports (RFC 5965), as a mailbox that takes
 * bounces hands them on. Only the report's own parts are looked at, never what it encloses but for the headers of the
 * mail in question.
 */
public final class ReportReader {
    /** A report has three parts (RFC 6522, 3); some add one. */
    private static final int PARTS = 8;

    private static final int RECIPIENTS = 100;

    /**
     * What somebody says who does not want the mail. The other registered types (IANA, MARF parameters) speak of a message
     * or a domain rather than for a reader: {@code virus}, {@code auth-failure} (RFC 6591), {@code not-spam} (RFC 6430),
     * {@code other}; {@code opt-out} never became one.
     */
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud");

    private ReportReader() {}

    /**
     * What {@code message} says of each address that it names.
     *
     * @throws ProblemException 422 where it is no report
     */
    public static List<Feedback> read(byte[] message) {
        try {
            MimeMessage report =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
            ContentType type = new ContentType(String.valueOf(report.getContentType()));
            if (!type.match("multipart/report")) {
                throw noReport("its content type is " + type.getBaseType() + ", not multipart/report");
            }
            MimeMultipart parts =
                    new MimeMultipart(new ByteArrayDataSource(report.getRawInputStream(), report.getContentType()));
            return feedback(parts);
        } catch (MessagingException | IOException e) {
            throw noReport("it cannot be read: " + e.getMessage());
        }
    }

    private static List<Feedback> feedback(MimeMultipart parts) throws MessagingException, IOException {
        int count = Math.min(PARTS, parts.getCount());
        for (int i = 0; i < count; i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                return deliveryStatus(part.getInputStream());
            }
            if (part.isMimeType("message/feedback-report")) {
                return complaint(new InternetHeaders(part.getInputStream()), parts, count);
            }
        }
        throw noReport("it has neither a delivery status nor a feedback report among its parts");
    }

    /** A group of fields about the message, then one for each recipient (RFC 3464, 2.1). */
    private static List<Feedback> deliveryStatus(InputStream in) throws MessagingException {
        InternetHeaders _ = new InternetHeaders(in);
        List<Feedback> all = new ArrayList<>();
        for (int i = 0; i < RECIPIENTS; i++) {
            InternetHeaders fields = new InternetHeaders(in);
            if (!fields.getAllHeaders().hasMoreElements()) {
                break;
            }
            MailAddress address = address(first(fields, "Original-Recipient"));
            address = address == null ? address(first(fields, "Final-Recipient")) : address;
            if (address != null) {
                all.add(new Feedback(address, kind(fields), detail(fields)));
            }
        }
        return all;
    }

    private static Kind kind(InternetHeaders fields) {
        String action = String.valueOf(first(fields, "Action")).strip().toLowerCase(Locale.ROOT);
        if (!action.equals("failed")) {
            return Kind.NOTHING;
        }
        String status = first(fields, "Status");
        return kindOfFailure(status == null ? null : status.strip().split("[\\s(]", 2)[0]);
    }

    /** What follows from a failure with this status. */
    static Kind kindOfFailure(@Nullable String status) {
        return switch (EnhancedStatus.of(status)) {
            case ADDRESS_GONE -> Kind.HARD_BOUNCE;
            case MAILBOX_TROUBLE -> Kind.SOFT_BOUNCE;
            case OTHER -> status != null && status.startsWith("4.") ? Kind.SOFT_BOUNCE : Kind.NOTHING;
        };
    }

    private static @Nullable String detail(InternetHeaders fields) {
        String diagnostic = first(fields, "Diagnostic-Code");
        return diagnostic == null ? first(fields, "Status") : diagnostic;
    }

    private static List<Feedback> complaint(InternetHeaders fields, MimeMultipart parts, int count)
            throws MessagingException, IOException {
        String type = String.valueOf(first(fields, "Feedback-Type")).strip().toLowerCase(Locale.ROOT);
        MailAddress address = address(first(fields, "Original-Rcpt-To"));
        for (int i = 0; i < count && address == null; i++) {
            address = enclosedRecipient(parts.getBodyPart(i));
        }
        if (address == null) {
            throw noReport("it does not say whom the mail was for");
        }
        Kind kind = COMPLAINTS.contains(type) ? Kind.COMPLAINT : Kind.NOTHING;
        return List.of(new Feedback(address, kind, "feedback: " + type));
    }

    /** Whom the enclosed mail was for, where the report itself keeps silent. */
    private static @Nullable MailAddress enclosedRecipient(BodyPart part) throws MessagingException, IOException {
        if (!part.isMimeType("message/rfc822") && !part.isMimeType("text/rfc822-headers")) {
            return null;
        }
        String to = first(new InternetHeaders(part.getInputStream()), "To");
        InternetAddress[] addresses = to == null ? new InternetAddress[0] : InternetAddress.parseHeader(to, false);
        return addresses.length == 1 ? address(addresses[0].getAddress()) : null;
    }

    /** An address with or without its type (RFC 3464, 2.3.1) and brackets; null where it is none that we could mail. */
    private static @Nullable MailAddress address(@Nullable String field) {
        if (field == null) {
            return null;
        }
        String text = field.substring(field.indexOf(';') + 1).strip();
        if (text.startsWith("<") && text.endsWith(">")) {
            text = text.substring(1, text.length() - 1);
        }
        try {
            return MailAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String first(InternetHeaders fields, String name) {
        String[] values = fields.getHeader(name);
        return values == null || values.length == 0 ? null : values[0].replaceAll("\\s+", " ");
    }

    private static ProblemException noReport(String why) {
        return ProblemException.of(HttpStatus.UNPROCESSABLE_CONTENT, "no_report", "this is no report: " + why);
    }
}
