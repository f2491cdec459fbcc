package dev.carillon.push.webpush;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The example of RFC 8291, section 5 and appendix A: fixed keys and salt, and so a fixed message. */
final class Rfc8291Example {
    static final String PLAINTEXT = "When I grow up, I want to be a watermelon";
    static final String SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    static final String SENDER_PUBLIC =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    static final String RECEIVER_PUBLIC =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
    static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
    static final String MESSAGE = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuw"
            + "XPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    private Rfc8291Example() {}

    /** Fails unless this encryption reproduces the RFC's message byte for byte. */
    static void check(Aes128Gcm encryption, CryptoProviders providers) {
        try {
            byte[] message = encryption.encrypt(
                    PLAINTEXT.getBytes(StandardCharsets.US_ASCII),
                    SubscriberKeys.parse(RECEIVER_PUBLIC, AUTH),
                    sender(providers),
                    decode(SALT));
            if (!Arrays.equals(message, decode(MESSAGE))) {
                throw new IllegalStateException(
                        "the provider " + providers.name() + " does not reproduce the example of RFC 8291");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the provider " + providers.name() + " fails at the example of RFC 8291", e);
        }
    }

    static KeyPair sender(CryptoProviders providers) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC", providers.elliptic());
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(P256.keyInfo(decode(SENDER_PUBLIC)))),
                factory.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, decode(SENDER_PRIVATE)), P256.CURVE)));
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
