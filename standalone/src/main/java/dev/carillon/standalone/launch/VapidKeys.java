package dev.carillon.standalone.launch;

import dev.carillon.push.webpush.VapidKeyPair;

/** The answer to {@code vapid}: the settings of a key pair, as lines of a shell or an environment file. */
public final class VapidKeys {
    private VapidKeys() {}

    public static String text(VapidKeyPair pair) {
        return """
                # A new key pair for Web Push, for the environment of push-worker. Keep the private key to yourself, and both
                # for good: browsers subscribe with the public one. VAPID_EMAIL is yours, for the push services to write to.
                VAPID_PUBLIC_KEY=%s
                VAPID_PRIVATE_KEY=%s
                VAPID_EMAIL=operator@example.org
                """.formatted(pair.publicKey(), pair.privateKeyText());
    }
}
