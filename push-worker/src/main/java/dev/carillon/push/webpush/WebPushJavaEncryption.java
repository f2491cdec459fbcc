package dev.carillon.push.webpush;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Security;
import java.security.spec.X509EncodedKeySpec;
import nl.martijndwars.webpush.AbstractPushService;
import nl.martijndwars.webpush.Encoding;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The library webpush-java. It looks Bouncy Castle up by name, so choosing it registers that provider with the JVM,
 * behind all others.
 */
final class WebPushJavaEncryption implements MessageEncryption {

    WebPushJavaEncryption() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext, SubscriberKeys keys) {
        try {
            ECPublicKey receiver = (ECPublicKey) KeyFactory.getInstance("EC", BouncyCastleProvider.PROVIDER_NAME)
                    .generatePublic(new X509EncodedKeySpec(P256.keyInfo(keys.p256dh())));
            return AbstractPushService.encrypt(plaintext, receiver, keys.auth(), Encoding.AES128GCM)
                    .getCiphertext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("webpush-java cannot encrypt a push message", e);
        }
    }

    @Override
    public String name() {
        return "webpush-java";
    }
}
