package dev.carillon.inapp.feed;

import dev.carillon.inapp.owner.FeedOwner;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the feed of the calling user over HTTP. What belongs to others does not exist for her. */
@RestController
@RequestMapping("/api/v1/notifications")
final class FeedController {
    /** OpenID Connect Core, section 5.1. */
    private static final String ZONE_CLAIM = "zoneinfo";

    private final FeedLists lists;
    private final FeedReader feed;
    private final FeedTypes types;
    private final Clock clock;

    FeedController(FeedLists lists, FeedReader feed, FeedTypes types, Clock clock) {
        this.lists = lists;
        this.feed = feed;
        this.types = types;
        this.clock = clock;
    }

    /** What a list can be narrowed to. */
    record Types(List<FeedTypes.FeedType> types) {}

    @GetMapping
    FeedPage list(FeedOwner owner, Authentication caller, @RequestParam Map<String, String> parameters) {
        return lists.page(owner.id(), ListParameters.read(parameters, owner.id(), clock.instant(), zone(caller)));
    }

    @GetMapping("/unread-count")
    UnreadCount unreadCount(FeedOwner owner) {
        return UnreadCount.of(feed.unreadCount(owner.id()));
    }

    @GetMapping("/notification-types")
    Types types(FeedOwner owner) {
        return new Types(types.of(owner.id()));
    }

    @GetMapping("/{id}")
    FeedItem item(FeedOwner owner, @PathVariable String id) {
        return feed.item(FeedKey.of(owner, id)).orElseThrow(FeedKey::notFound);
    }

    /** The zone that the caller's token names; UTC without one, or where nobody knows it. */
    private static ZoneId zone(Authentication caller) {
        @Nullable String name = caller.getPrincipal() instanceof Jwt token ? token.getClaimAsString(ZONE_CLAIM) : null;
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
