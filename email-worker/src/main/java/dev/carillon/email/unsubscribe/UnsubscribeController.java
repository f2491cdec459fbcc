package dev.carillon.email.unsubscribe;

import dev.carillon.email.profile.ErasedTable;
import dev.carillon.email.unsubscribe.UnsubscribeLinks.Read;
import dev.carillon.schemas.activity.UnsubscribeScope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
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

    private final UnsubscribeLinks links;
    private final Unsubscribe unsubscribe;
    private final ErasedTable erased;
    private final UnsubscribePage page;

    UnsubscribeController(UnsubscribeLinks links, Unsubscribe unsubscribe, ErasedTable erased, UnsubscribePage page) {
        this.erased = erased;
        this.links = links;
        this.unsubscribe = unsubscribe;
        this.page = page;
    }

    @GetMapping
    ResponseEntity<String> show(@RequestParam(defaultValue = "") String token, Locale locale) {
        return switch (links.read(token)) {
            case Read.Valid(Subscription subscription, Instant _) ->
                PageAnswer.of(HttpStatus.OK, page.question(token, subscription, locale));
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
            case Read.Valid(Subscription subscription, Instant made) -> stop(subscription, made, scope, locale);
            case Read.Expired() -> expired(locale);
            case Read.Forged() -> forged(locale);
        };
    }

    /** To somebody who was erased since, nothing goes anyway; and nothing is kept of her. */
    private ResponseEntity<String> stop(
            Subscription subscription, Instant made, @Nullable String wanted, Locale locale) {
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
            if (!erased.covers(subscription.recipient(), made)) {
                unsubscribe.stop(subscription, scope);
            }
        } catch (DataAccessException e) {
            LOG.warn("an unsubscription could not be stored: {}", String.valueOf(e.getMessage()));
            return PageAnswer.of(HttpStatus.SERVICE_UNAVAILABLE, page.later(locale));
        }
        return PageAnswer.of(HttpStatus.OK, page.done(subscription, scope, locale));
    }

    private ResponseEntity<String> expired(Locale locale) {
        return PageAnswer.of(HttpStatus.GONE, page.expired(locale));
    }

    private ResponseEntity<String> forged(Locale locale) {
        return PageAnswer.of(HttpStatus.BAD_REQUEST, page.invalid(locale));
    }
}
