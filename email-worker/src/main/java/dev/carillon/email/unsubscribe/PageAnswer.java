package dev.carillon.email.unsubscribe;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A page for people who followed a link in a mail: nothing is loaded, nothing runs, and the link is not passed on. */
public final class PageAnswer {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    private PageAnswer() {}

    public static ResponseEntity<String> of(HttpStatus status, String html) {
        return quiet(status)
                .contentType(HTML)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .body(html);
    }

    /** An answer that nobody stores, lists or tells where it was linked from. */
    public static ResponseEntity.BodyBuilder quiet(HttpStatus status) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex");
    }
}
