package dev.carillon.email.unsubscribe;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.unsubscribe.UnsubscribeLinks.Read;
import dev.carillon.schemas.activity.UnsubscribeScope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the links in mails lead. {@code POST} acts, from a mail program (RFC 8058) or from our page; {@code GET} only shows
 * the page, because scanners and previews follow links.
 */
@RestController
@RequestMapping(UnsubscribeLinks.PATH)
final class UnsubscribeController {
    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribeController.class);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Nothing is loaded, nothing runs, no other page may show it, and the link is not passed on. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    private final UnsubscribeLinks links;
    private final Unsubscribe unsubscribe;
    private final UnsubscribePage page;

    UnsubscribeController(UnsubscribeLinks links, Unsubscribe unsubscribe, MailTypes types) {
        this.links = links;
        this.unsubscribe = unsubscribe;
        this.page = new UnsubscribePage(types, links.preferences());
    }

    @GetMapping
    ResponseEntity<String> show(@RequestParam(defaultValue = "") String token, Locale locale) {
        return switch (links.read(token)) {
            case Read.Valid(Subscription subscription) ->
                answer(HttpStatus.OK, page.question(token, subscription, locale));
            case Read.Expired() -> expired(locale);
            case Read.Forged() -> forged(locale);
        };
    }

    /** @param scope null from a mail program: the narrowest that the mail offers */
    @PostMapping
    ResponseEntity<String> stop(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(required = false) @Nullable String scope,
            Locale locale) {
        return switch (links.read(token)) {
            case Read.Valid(Subscription subscription) -> stop(subscription, scope, locale);
            case Read.Expired() -> expired(locale);
            case Read.Forged() -> forged(locale);
        };
    }

    private ResponseEntity<String> stop(Subscription subscription, @Nullable String wanted, Locale locale) {
        List<UnsubscribeScope> offered = subscription.scopes();
        UnsubscribeScope scope = offered.getFirst();
        if (wanted != null) {
            UnsubscribeScope named = offered.stream()
                    .filter(one -> one.name().equalsIgnoreCase(wanted))
                    .findFirst()
                    .orElse(null);
            if (named == null) {
                return forged(locale);
            }
            scope = named;
        }
        try {
            unsubscribe.stop(subscription, scope);
        } catch (DataAccessException e) {
            LOG.warn("an unsubscription could not be stored: {}", String.valueOf(e.getMessage()));
            return answer(HttpStatus.SERVICE_UNAVAILABLE, page.later(locale));
        }
        return answer(HttpStatus.OK, page.done(subscription, scope, locale));
    }

    private ResponseEntity<String> expired(Locale locale) {
        return answer(HttpStatus.GONE, page.expired(locale));
    }

    private ResponseEntity<String> forged(Locale locale) {
        return answer(HttpStatus.BAD_REQUEST, page.invalid(locale));
    }

    private static ResponseEntity<String> answer(HttpStatus status, String html) {
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .body(html);
    }
}
