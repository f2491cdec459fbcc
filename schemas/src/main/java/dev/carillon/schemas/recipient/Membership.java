package dev.carillon.schemas.recipient;

import java.time.Instant;

/**
 * One recipient in one audience. On {@code audience-members} a tombstone removes it; its version is then in the header
 * {@link dev.carillon.schemas.Topics#VERSION_HEADER}.
 *
 * @param version from one database sequence, higher is later
 * @param member false where the recipient has left (on {@code intake} only)
 * @param since when the recipient joined, by the clock of who took it: for people only. Events that reach the router's
 *     partition earlier do not concern her
 */
public record Membership(AudienceId audience, RecipientId recipient, long version, boolean member, Instant since) {}
