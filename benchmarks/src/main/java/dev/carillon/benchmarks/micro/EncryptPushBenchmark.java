package dev.carillon.benchmarks.micro;

import dev.carillon.push.webpush.EncryptionChoice;
import dev.carillon.push.webpush.MessageEncryption;
import dev.carillon.push.webpush.MessageEncryptions;
import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.testsupport.webpush.PushDevice;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A message of 230 bytes, encrypted; the floor makes a key pair, agrees on a secret and encrypts as many bytes with it, with
 * the fastest provider there is, and leaves out what turns these into a message.
 */
@State(Scope.Benchmark)
public class EncryptPushBenchmark {
    private static final String FASTEST = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final byte[] MESSAGE = new byte[230];

    private final MessageEncryption encryption = MessageEncryptions.choose(EncryptionChoice.AUTO);
    private final SubscriberKeys subscriber;
    private final Provider provider = provider();
    private final KeyPair receiver;

    public EncryptPushBenchmark() {
        PushDevice device = new PushDevice("https://push.example.org/1");
        subscriber = SubscriberKeys.parse(device.p256dh(), device.auth());
        try {
            receiver = pair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public byte[] ours() {
        return encryption.encrypt(MESSAGE, subscriber);
    }

    @Benchmark
    public byte[] floor() throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(pair().getPrivate());
        agreement.doPhase(receiver.getPublic(), true);
        byte[] secret = agreement.generateSecret();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(secret, 0, 16, "AES"),
                new GCMParameterSpec(128, secret, 16, 12));
        return cipher.doFinal(MESSAGE);
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Corretto's where there is a build for this platform, else the JDK's. */
    private static Provider provider() {
        try {
            return (Provider) Class.forName(FASTEST).getField("INSTANCE").get(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return java.security.Security.getProvider("SunEC");
        }
    }
}
