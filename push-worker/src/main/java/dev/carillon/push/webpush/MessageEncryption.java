package dev.carillon.push.webpush;

/** Encrypts a push message for one subscription. Implementations are safe for any number of threads. */
public interface MessageEncryption {
    /**
     * The longest plaintext that still fits: 4,096 bytes (RFC 8291, section 4) less the header (86), the padding
     * delimiter (1) and the tag (16).
     */
    int MAX_PLAINTEXT_BYTES = 3_993;

    /** The most bytes that a push service must accept (RFC 8030, section 7.2). */
    int MAX_ENCRYPTED_BYTES = 4_096;

    /**
     * One {@code aes128gcm} record with its header (RFC 8188), under a key pair and salt made for this message alone.
     *
     * @param plaintext at most {@link #MAX_PLAINTEXT_BYTES}
     */
    byte[] encrypt(byte[] plaintext, SubscriberKeys keys);

    /** What does the work, for the log line at start. */
    String name();
}
