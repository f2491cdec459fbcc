package dev.carillon.inapp.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes events in the format of server-sent events (WHATWG HTML, section 9.2.6). */
final class SseFrame {
    private static final byte[] ID = ascii("id: ");
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] RETRY = ascii("retry: ");
    private static final byte[] END = ascii("\n\n");

    private SseFrame() {}

    /**
     * One event.
     *
     * @param id null for an event that is no place to resume from
     */
    static ByteBuffer of(@Nullable String id, LiveEvent event) {
        byte[] json = event.json();
        ByteArrayOutputStream frame = new ByteArrayOutputStream(json.length + 96);
        if (id != null) {
            frame.writeBytes(ID);
            frame.writeBytes(ascii(id));
            frame.write('\n');
        }
        if (event.retryMillis() > 0) {
            frame.writeBytes(RETRY);
            frame.writeBytes(ascii(Long.toString(event.retryMillis())));
            frame.write('\n');
        }
        frame.writeBytes(EVENT);
        frame.writeBytes(ascii(event.name()));
        frame.writeBytes(DATA);
        frame.writeBytes(json);
        frame.writeBytes(END);
        return ByteBuffer.wrap(frame.toByteArray());
    }

    /** Tells a client how long to wait before it connects again. */
    static byte[] retry(long milliseconds) {
        return ascii("retry: " + milliseconds + "\n\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
