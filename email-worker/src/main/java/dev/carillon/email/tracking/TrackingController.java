package dev.carillon.email.tracking;

import dev.carillon.email.tracking.Tracker.Click;
import dev.carillon.email.tracking.Tracker.Opened;
import dev.carillon.email.tracking.Tracker.Read;
import dev.carillon.email.unsubscribe.PageAnswer;
import dev.carillon.email.unsubscribe.UnsubscribePage;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the links and pictures of tracked mails lead. A link goes only where its signed token says; whatever else is asked for
 * gets a page that says so.
 */
@RestController
final class TrackingController {
    /** The smallest there is: one transparent pixel. */
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    /** What says that a program looks ahead, and nobody has clicked yet. */
    private static final List<String> LOOKING_AHEAD = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private final Tracker tracker;
    private final ReadingLog log;
    private final UnsubscribePage page;

    TrackingController(Tracker tracker, ReadingLog log, UnsubscribePage page) {
        this.tracker = tracker;
        this.log = log;
        this.page = page;
    }

    @GetMapping(Tracker.CLICK)
    ResponseEntity<String> click(
            @RequestParam(defaultValue = "") String token, HttpServletRequest request, Locale locale) {
        return switch (tracker.click(token)) {
            case Read.Valid<Click>(Click click, Instant made) -> {
                tell(request, () -> log.clicked(click, made));
                yield PageAnswer.quiet(HttpStatus.FOUND)
                        .location(URI.create(click.target()))
                        .build();
            }
            case Read.Expired<Click>() -> PageAnswer.of(HttpStatus.GONE, page.linkExpired(locale));
            case Read.Forged<Click>() -> PageAnswer.of(HttpStatus.BAD_REQUEST, page.linkInvalid(locale));
        };
    }

    @GetMapping(Tracker.OPEN)
    ResponseEntity<byte[]> open(@RequestParam(defaultValue = "") String token, HttpServletRequest request) {
        return switch (tracker.open(token)) {
            case Read.Valid<Opened>(Opened opened, Instant made) -> {
                tell(request, () -> log.opened(opened, made));
                yield PageAnswer.quiet(HttpStatus.OK)
                        .contentType(MediaType.IMAGE_GIF)
                        .body(PIXEL);
            }
            case Read.Expired<Opened>() -> PageAnswer.quiet(HttpStatus.GONE).build();
            case Read.Forged<Opened>() ->
                PageAnswer.quiet(HttpStatus.BAD_REQUEST).build();
        };
    }

    private static void tell(HttpServletRequest request, Runnable telling) {
        if (request.getMethod().equals("GET") && !looksAhead(request)) {
            telling.run();
        }
    }

    private static boolean looksAhead(HttpServletRequest request) {
        return LOOKING_AHEAD.stream()
                .map(request::getHeader)
                .anyMatch(value -> value != null
                        && (value.contains("prefetch") || value.contains("preview") || value.contains("prerender")));
    }
}
