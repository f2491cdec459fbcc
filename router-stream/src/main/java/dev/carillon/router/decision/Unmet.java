package dev.carillon.router.decision;

import dev.carillon.schemas.outcome.Reason;

/**
 * Why a condition lets nothing through.
 *
 * @param reason {@link Reason#CONDITION_FALSE} or {@link Reason#CONDITION_FAILED}
 * @param detail what was wrong, and the condition
 */
public record Unmet(Reason reason, String detail) {}
