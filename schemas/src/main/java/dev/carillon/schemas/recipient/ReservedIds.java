package dev.carillon.schemas.recipient;

import java.util.UUID;

/**
 * Ids that nobody may be given from outside, though they are valid: those of somebody who was erased, and those that a
 * later version will give a meaning to (docs/adr/035). Records hold the former.
 */
public final class ReservedIds {
    /** The rule in words, for error messages. */
    public static final String RULE = "must not begin with erased: or tenant:, which are reserved";

    private static final String ERASED = "erased:";
    private static final String TENANT = "tenant:";

    private ReservedIds() {}

    /** What stands in the place of the id of somebody who is erased. */
    public static String pseudonym() {
        return ERASED + UUID.randomUUID();
    }

    public static boolean isReserved(String id) {
        return id.startsWith(ERASED) || id.startsWith(TENANT);
    }
}
