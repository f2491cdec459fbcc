package dev.carillon.ingest.console;

import dev.carillon.ingest.console.oidc.Refused;
import dev.carillon.ingest.console.oidc.Refused.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** Tells somebody in a browser that she is not signed in, and why. */
final class RefusalPage {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex">
              <title>Not signed in · Carillon</title>
              <link rel="stylesheet" href="/console/console.css">
            </head>
            <body>
              <main>
                <div class="card signin">
                  <h1>Not signed in</h1>
                  <p class="problem" role="alert">{why}</p>
                  <div class="actions"><a class="primary" href="/console/">Back to the sign-in</a></div>
                </div>
              </main>
            </body>
            </html>
            """;

    private RefusalPage() {}

    /** @param set cookies to change */
    static ResponseEntity<byte[]> of(Refused refused, List<String> set) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status(refused.reason()))
                .contentType(HTML)
                .header("Referrer-Policy", "no-referrer");
        if (refused.reason() == Reason.AWAY) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(AGAIN.toSeconds()));
        }
        if (!set.isEmpty()) {
            answer.header(HttpHeaders.SET_COOKIE, set.toArray(String[]::new));
        }
        return answer.body(PAGE.replace("{why}", HtmlUtils.htmlEscape(refused.detail(), "UTF-8"))
                .getBytes(StandardCharsets.UTF_8));
    }

    private static HttpStatus status(Reason reason) {
        return switch (reason) {
            case UNKNOWN -> HttpStatus.BAD_REQUEST;
            case DENIED, CLAIM_MISSING -> HttpStatus.FORBIDDEN;
            case NOT_BELIEVED -> HttpStatus.BAD_GATEWAY;
            case AWAY -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
