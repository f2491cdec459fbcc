package dev.carillon.schemas.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a notification ended up as it did. The code is the name in lower case; codes are never reused. */
public enum Reason {
    /** Nothing stood in its way. */
    NONE,

    // why the router did not send
    DUPLICATE,
    CANCELLED,
    EXPIRED,
    ALREADY_READ,
    OWN_ACTION,
    MUTED,
    TYPE_OFF,
    CATEGORY_OFF,
    CHANNEL_OFF,
    NOT_IN_TYPE,
    EXCLUDED,
    HOLD_LIMIT,
    FREQUENCY_CAP,
    DIGEST_OFF,
    CONDITION_FALSE,
    CONDITION_FAILED,
    STEP_NOT_NEEDED,
    CANCELLED_BY_OPERATOR,
    ERASED,

    // why the router waits
    QUIET_HOURS,
    SCHEDULED,
    TYPE_PENDING,
    BATCH,
    DIGEST,
    STEP,
    FALLBACK,

    // why a worker had nobody or nothing to send
    NO_ADDRESS,
    NO_SUBSCRIPTION,
    CHANNEL_NOT_CONFIGURED,
    SUPPRESSED_ADDRESS,
    UNSUBSCRIBED,
    SUPERSEDED,
    RELAY_NOT_CAPABLE,

    // why an attempt failed
    TIMEOUT,
    CONNECTION_FAILED,
    CONNECTION_LOST,
    PROVIDER_BUSY,
    PROVIDER_ERROR,
    RATE_LIMITED,
    REJECTED,
    ADDRESS_INVALID,
    ADDRESS_GONE,
    AUTHENTICATION_FAILED,
    TOO_LARGE,
    ATTACHMENT_UNAVAILABLE,
    ATTACHMENT_REFUSED,
    UNCERTAIN,

    // why a record went to the dead letters
    ATTEMPTS_EXHAUSTED,
    MALFORMED,
    INTERNAL_ERROR;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
