package dev.carillon.push.webpush;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;

/**
 * The JCA providers that do the work: one for the curve, one for HMAC and AES. They are passed to every primitive and
 * never registered with the JVM, where a native provider in front of the others breaks code that mixes keys.
 */
record CryptoProviders(String name, Provider elliptic, Provider symmetric, SecureRandom random) {

    /** What every Java runtime has. */
    static CryptoProviders jdk() {
        return new CryptoProviders("jdk", registered("SunEC"), registered("SunJCE"), new SecureRandom());
    }

    /**
     * BoringSSL through Conscrypt.
     *
     * @throws UnavailableProvider if it is not on the class path or has no build for this platform
     */
    static CryptoProviders conscrypt() {
        return with("conscrypt", "org.conscrypt.OpenSSLProvider");
    }

    /** Pure Java as the JDK's own, and three times as fast on P-256. */
    static CryptoProviders bouncycastle() {
        return with("bouncycastle", "org.bouncycastle.jce.provider.BouncyCastleProvider");
    }

    /**
     * AWS-LC through the Amazon Corretto Crypto Provider.
     *
     * @throws UnavailableProvider if it is not on the class path or has no build for this platform
     */
    static CryptoProviders corretto() {
        return with("corretto", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
    }

    /** The curve from this provider; the JDK's own HMAC and AES, which the JIT compiles to the processor's instructions. */
    private static CryptoProviders with(String name, String className) {
        return new CryptoProviders(name, load(className, name), registered("SunJCE"), new SecureRandom());
    }

    private static Provider registered(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw new UnavailableProvider(name, null);
        }
        return provider;
    }

    private static Provider load(String className, String name) {
        try {
            return Class.forName(className)
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnavailableProvider(name, e);
        }
    }
}
