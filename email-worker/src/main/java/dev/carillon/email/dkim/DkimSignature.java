package dev.carillon.email.dkim;

import dev.carillon.platform.mail.MailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimException;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@code DKIM-Signature} in front of a finished message, whose own octets stay as they are: {@code rsa-sha256},
 * both parts in relaxed form, which survives what relays do to white space. Safe for all threads.
 */
public final class DkimSignature {
    private static final Logger LOG = LoggerFactory.getLogger(DkimSignature.class);

    /** Beside what the library signs anyway; RFC 8058, 4 wants the one-click field covered. */
    private static final List<String> FURTHER_FIELDS =
            List.of("List-Unsubscribe-Post", "Feedback-ID", "Auto-Submitted", "Content-Language");

    private static final Session SESSION = Session.getInstance(properties());

    private final String domain;
    private final String selector;
    private final @Nullable RSAPrivateKey key;

    /** @throws IllegalArgumentException naming the setting where the key cannot be used */
    public DkimSignature(DkimSettings settings) {
        Path file = settings.privateKey();
        this.domain = settings.domain() == null ? "" : settings.domain();
        this.selector = settings.selector() == null ? "" : settings.selector();
        this.key = file == null ? null : SigningKey.read(file);
        if (key != null) {
            LOG.info("mails from {} are signed with the key {}", domain, selector);
        }
    }

    /** Whether any mail is signed. */
    public boolean isOn() {
        return key != null;
    }

    /** The message with its signature, or as it is where its sender is of another domain or no key is set. */
    public byte[] sign(byte[] message, MailAddress from) {
        return key == null || !covers(from.domain()) ? message : signed(message, key);
    }

    private boolean covers(String sender) {
        return sender.equals(domain) || sender.endsWith("." + domain);
    }

    private byte[] signed(byte[] message, RSAPrivateKey with) {
        try {
            MimeMessage parsed = new MimeMessage(SESSION, new ByteArrayInputStream(message));
            ByteArrayOutputStream written = new ByteArrayOutputStream(message.length + 1024);
            new DkimMessage(parsed, signer(with)).writeTo(written);
            return before(message, firstField(written.toByteArray()));
        } catch (MessagingException | IOException | DkimException e) {
            throw new IllegalStateException("a mail could not be signed", e);
        }
    }

    /** What the library writes of the message itself is not taken: it may differ from the octets that go out. */
    private static byte[] before(byte[] message, byte[] signature) {
        byte[] signed = Arrays.copyOf(signature, signature.length + message.length);
        System.arraycopy(message, 0, signed, signature.length, message.length);
        return signed;
    }

    /** With its line end. A line that begins with white space goes on with the field before (RFC 5322, 2.2.3). */
    private static byte[] firstField(byte[] message) {
        int end = 2;
        while (message[end - 2] != '\r' || message[end - 1] != '\n' || message[end] == ' ' || message[end] == '\t') {
            end++;
        }
        return Arrays.copyOf(message, end);
    }

    /** Addresses beyond ASCII stand in the header as UTF-8 (RFC 6532), and are signed as what they are. */
    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return properties;
    }

    /** A new one for each mail: it holds what is being computed. */
    private DkimSigner signer(RSAPrivateKey with) throws DkimException {
        DkimSigner signer = new DkimSigner(domain, selector, with);
        signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
        signer.setHeaderCanonicalization(Canonicalization.RELAXED);
        signer.setBodyCanonicalization(Canonicalization.RELAXED);
        signer.setCheckDomainKey(false);
        FURTHER_FIELDS.forEach(signer::addHeaderToSign);
        return signer;
    }
}
