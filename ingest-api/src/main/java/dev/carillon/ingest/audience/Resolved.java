package dev.carillon.ingest.audience;

import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.recipient.AudienceId;
import java.util.List;

/**
 * Audiences with all that belong to them, at any depth, each once.
 *
 * @param nesting of those that were not asked for themselves
 */
public record Resolved(List<AudienceId> audiences, List<Nesting> nesting) {}
