package dev.carillon.inapp.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes events as the JSON objects that WebSocket clients get: {@code {"type": …, "id": …, "data": …}}. */
final class WsFrame {
    private WsFrame() {}

    static ByteBuffer of(@Nullable String id, LiveEvent event) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(event.json().length + 128);
        frame.writeBytes(ascii("{\"type\":\"" + event.name() + "\""));
        if (id != null) {
            frame.writeBytes(ascii(",\"id\":\"" + id + "\""));
        }
        frame.writeBytes(ascii(",\"data\":"));
        frame.writeBytes(event.json());
        frame.write('}');
        return ByteBuffer.wrap(frame.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
