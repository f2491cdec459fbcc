package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;

/** The bytes of a request's body, never more than a limit: also where no length was announced. */
public final class BodyBytes {
    private BodyBytes() {}

    /**
     * Reads the whole body.
     *
     * @throws ProblemException 413 where it has more than {@code max} bytes
     */
    public static byte[] read(HttpServletRequest request, int max) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw tooLarge(max);
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = announced < 0 ? in.readNBytes(max + 1) : exactly(in, (int) announced);
            if (body.length > max) {
                throw tooLarge(max);
            }
            return body;
        }
    }

    /** The server gives no more than was announced; less means that the caller hung up. */
    private static byte[] exactly(InputStream in, int announced) throws IOException {
        byte[] body = new byte[announced];
        if (in.readNBytes(body, 0, announced) < announced) {
            throw new EOFException("the body ended before its announced length of " + announced + " bytes");
        }
        return body;
    }

    private static ProblemException tooLarge(int max) {
        return ProblemException.of(
                HttpStatus.CONTENT_TOO_LARGE, "request_too_large", "a request must have at most " + max + " bytes");
    }
}
