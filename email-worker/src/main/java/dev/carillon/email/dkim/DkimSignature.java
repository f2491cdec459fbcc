package dev.carillon.email.dkim;

import dev.carillon.email.smtp.MailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
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

    private static final Session NO_SESSION = Session.getInstance(new Properties());

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

    /** The message with its signature, or as it is where its sender is of another domain or no key is set. */
    public byte[] sign(byte[] message, MailAddress from) {
        return key == null || !covers(from.domain()) ? message : signed(message, key);
    }

    private boolean covers(String sender) {
        return sender.equals(domain) || sender.endsWith("." + domain);
    }

    private byte[] signed(byte[] message, RSAPrivateKey with) {
        try {
            MimeMessage parsed = new MimeMessage(NO_SESSION, new ByteArrayInputStream(message));
            ByteArrayOutputStream signed = new ByteArrayOutputStream(message.length + 1024);
            new DkimMessage(parsed, signer(with)).writeTo(signed);
            return signed.toByteArray();
        } catch (MessagingException | IOException | DkimException e) {
            throw new IllegalStateException("a mail could not be signed", e);
        }
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
