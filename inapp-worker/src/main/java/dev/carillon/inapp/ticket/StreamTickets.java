package dev.carillon.inapp.ticket;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.schemas.recipient.RecipientId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signed words that open a live stream without the token: a ticket in the URL, good once and for seconds; and a pass in a
 * cookie for the browser's own reconnects, good for as long as the token behind both.
 */
public final class StreamTickets {
    private static final String TICKET = "carillon-stream-ticket";
    private static final String PASS = "carillon-stream-pass";
    private static final String TOKEN_EXPIRY = "tex";

    private final TicketStore store;
    private final byte[] key;
    private final Duration life;
    private final Clock clock;

    StreamTickets(TicketStore store, Duration life, Clock clock) {
        this.store = store;
        this.key = store.signingKey();
        this.life = life;
        this.clock = clock;
    }

    public Duration life() {
        return life;
    }

    /** A ticket for {@code caller}, for the URL of one connection. */
    public String ticket(StreamCaller caller) {
        return sign(caller, TICKET, clock.instant().plus(life));
    }

    /** A pass for {@code caller}, for a cookie. */
    public String pass(StreamCaller caller) {
        return sign(caller, PASS, caller.expiresAt());
    }

    /** Whom {@code ticket} lets in; empty where it is false, expired or used before. */
    public Optional<StreamCaller> redeem(String ticket) {
        return verify(ticket, TICKET)
                .filter(claims -> store.use(UUID.fromString(claims.getJWTID()), expiry(claims)))
                .flatMap(StreamTickets::caller);
    }

    /** Whom {@code pass} lets in; empty where it is false or expired. */
    public Optional<StreamCaller> admit(String pass) {
        return verify(pass, PASS).flatMap(StreamTickets::caller);
    }

    private String sign(StreamCaller caller, String purpose, Instant expiry) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(caller.recipient().value())
                .audience(purpose)
                .jwtID(UUID.randomUUID().toString())
                .claim("sid", caller.session())
                .claim(TOKEN_EXPIRY, caller.expiresAt().getEpochSecond())
                .expirationTime(Date.from(expiry))
                .build();
        SignedJWT word = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            word.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key cannot sign", e);
        }
        return word.serialize();
    }

    private Optional<JWTClaimsSet> verify(String word, String purpose) {
        try {
            SignedJWT signed = SignedJWT.parse(word);
            if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !signed.verify(new MACVerifier(key))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            boolean good = claims.getAudience().equals(List.of(purpose))
                    && expiry(claims).isAfter(clock.instant());
            return good ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<StreamCaller> caller(JWTClaimsSet claims) {
        try {
            Instant expiresAt = Instant.ofEpochSecond(claims.getLongClaim(TOKEN_EXPIRY));
            @Nullable String session = claims.getStringClaim("sid");
            return Optional.of(new StreamCaller(new RecipientId(claims.getSubject()), session, expiresAt));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Instant expiry(JWTClaimsSet claims) {
        return claims.getExpirationTime().toInstant();
    }
}
