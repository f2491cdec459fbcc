package dev.carillon.push.webpush;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and tests the encryption at start. */
public final class MessageEncryptions {
    private static final Logger log = LoggerFactory.getLogger(MessageEncryptions.class);
    private static final List<EncryptionChoice> FASTEST_FIRST =
            List.of(EncryptionChoice.CORRETTO, EncryptionChoice.BOUNCYCASTLE, EncryptionChoice.JDK);

    private MessageEncryptions() {}

    /**
     * The encryption asked for, after it has reproduced the example of RFC 8291.
     *
     * @throws IllegalStateException if it is not available here
     */
    public static MessageEncryption choose(EncryptionChoice choice) {
        if (choice != EncryptionChoice.AUTO) {
            return open(choice);
        }
        for (EncryptionChoice candidate : FASTEST_FIRST) {
            try {
                return open(candidate);
            } catch (IllegalStateException e) {
                log.info("Push encryption: {}; trying the next", e.getMessage());
            }
        }
        throw new IllegalStateException("no cryptographic provider of this Java runtime can encrypt push messages");
    }

    private static MessageEncryption open(EncryptionChoice choice) {
        return switch (choice) {
            case AUTO -> choose(choice);
            case CORRETTO -> tested(CryptoProviders.corretto());
            case CONSCRYPT -> tested(CryptoProviders.conscrypt());
            case BOUNCYCASTLE -> tested(CryptoProviders.bouncycastle());
            case JDK -> tested(CryptoProviders.jdk());
            case WEBPUSH_JAVA -> new WebPushJavaEncryption();
        };
    }

    private static MessageEncryption tested(CryptoProviders providers) {
        Aes128Gcm encryption = new Aes128Gcm(providers);
        Rfc8291Example.check(encryption, providers);
        return encryption;
    }
}
