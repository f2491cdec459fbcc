package dev.carillon.inapp.ticket;

import dev.carillon.inapp.owner.FeedOwner;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whose stream it is.
 *
 * @param session the token's {@code sid}; null where it names none
 * @param expiresAt when the token behind it expires, and the stream ends
 */
public record StreamCaller(RecipientId recipient, @Nullable String session, Instant expiresAt) {

    /** The same caller, who listens for the feed that {@code scope} names. */
    public StreamCaller in(@Nullable String scope) {
        RecipientId owner = FeedOwner.of(recipient, session, scope).id();
        return owner.equals(recipient) ? this : new StreamCaller(owner, null, expiresAt);
    }

    /** Null where nobody, or nobody with a token, is authenticated. */
    public static @Nullable StreamCaller of(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Jwt jwt ? of(jwt) : null;
    }

    /** Null where the token names nobody, or never expires. */
    public static @Nullable StreamCaller of(Jwt jwt) {
        return jwt.getSubject() != null && jwt.getExpiresAt() != null
                ? new StreamCaller(new RecipientId(jwt.getSubject()), jwt.getClaimAsString("sid"), jwt.getExpiresAt())
                : null;
    }
}
