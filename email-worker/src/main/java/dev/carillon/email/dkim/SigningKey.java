package dev.carillon.email.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the private key from its file. No message repeats anything of its content. */
final class SigningKey {
    private static final String SETTING = "carillon.email.dkim.private-key";

    /** RFC 8301, 3.2: receivers may ignore shorter keys. */
    private static final int SHORTEST_BITS = 2048;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private SigningKey() {}

    /** @throws IllegalArgumentException naming the setting, the file and what is wrong with it */
    static RSAPrivateKey read(Path file) {
        String text = text(file);
        if (text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(SETTING + ": " + file + " must be an unencrypted PKCS#8 key;"
                    + " openssl pkcs8 -topk8 -nocrypt makes one of it");
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException(SETTING + ": " + file + " holds no PEM block PRIVATE KEY");
        }
        RSAPrivateKey key = key(file, pem.group(1));
        int bits = key.getModulus().bitLength();
        if (bits < SHORTEST_BITS) {
            throw new IllegalArgumentException(
                    SETTING + ": " + file + " must hold a key of at least " + SHORTEST_BITS + " bits, has " + bits);
        }
        return key;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(SETTING + ": " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static RSAPrivateKey key(Path file, String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + ": " + file + " must hold an RSA key, and does not");
        }
    }
}
