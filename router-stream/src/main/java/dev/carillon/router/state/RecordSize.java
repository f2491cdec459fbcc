package dev.carillon.router.state;

/**
 * How large a record of the router may be. A record that the producer refuses ends the thread after its step was
 * computed, and the next one meets it again: so a step that makes a larger one fails while it is computed.
 */
public final class RecordSize {
    /** Producers and brokers take 1 MiB unless told otherwise; the rest is for keys, headers and framing. */
    public static final int MOST = 1_000_000;

    /** A delivery that a worker gives up is in its dead letter in base64: a third larger. */
    public static final int MOST_IN_DEAD_LETTER = 700_000;

    private RecordSize() {}

    /** @throws IllegalArgumentException where {@code value} is larger than {@code most} bytes */
    public static byte[] require(byte[] value, int most, String what) {
        if (value.length > most) {
            throw new IllegalArgumentException(
                    what + " takes " + value.length + " bytes, at most " + most + " fit into a record");
        }
        return value;
    }
}
