package dev.carillon.ingest.wording;

import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;

/** What a state and its reason mean, in one sentence for people. The codes beside it are the contract, the words are not. */
public final class Sentence {
    private Sentence() {}

    public static String of(OutcomeState state, Reason reason) {
        return reason == Reason.NONE ? of(state) : of(reason);
    }

    private static String of(OutcomeState state) {
        return switch (state) {
            case ROUTED -> "Nothing stands in its way: it is handed to the channel.";
            case HELD -> "It waits and is decided again.";
            case SUPPRESSED -> "It does not go out on this channel.";
            case MERGED -> "It goes out as part of another delivery.";
            case REPLACED -> "A newer notification of its group takes its place.";
            case CANCELLED -> "It was cancelled before it went out.";
            case EXPIRED -> "It expired before it went out.";
            case SENT -> "The provider accepted it.";
            case SKIPPED -> "The channel has nobody to send it to.";
            case RETRYING -> "An attempt failed and another follows.";
            case DEAD -> "No attempt follows; it is among the dead letters.";
            case SEEN -> "It was on her screen.";
            case READ -> "She read it.";
            case CLICKED -> "She followed its link.";
            case DISMISSED -> "She dismissed it.";
            case ACTED -> "She pressed one of its buttons.";
            case ARCHIVED -> "She put it into the archive.";
            case UNSUBSCRIBED -> "She unsubscribed with a link in this mail.";
        };
    }

    private static String of(Reason reason) {
        return switch (reason) {
            case NONE -> "";
            case DUPLICATE -> "This event was decided before; a repetition notifies nobody.";
            case EXPIRED -> "Its expires_at has passed.";
            case ALREADY_READ -> "She has read or dismissed it on another channel.";
            case OWN_ACTION -> "She caused the event herself and was reached through an audience only.";
            case MUTED -> "She has muted notifications for now.";
            case TYPE_OFF -> "She has switched this type off on this channel.";
            case CATEGORY_OFF -> "She has switched this category off on this channel.";
            case CHANNEL_OFF -> "She has switched this channel off.";
            case NOT_IN_TYPE -> "The type does not go out on this channel, and she has not asked for it.";
            case CANCELLED -> "The event was cancelled.";
            case CANCELLED_BY_OPERATOR -> "An operator cancelled what waited.";
            case ERASED -> "Everything about the recipient was erased.";
            case FREQUENCY_CAP -> "She has got as many as the cap allows for now.";
            case DIGEST_OFF -> "She has switched her digest off.";
            case CONDITION_FALSE -> "A condition of the type says no.";
            case CONDITION_FAILED -> "A condition of the type could not be answered, which counts as no.";
            case STEP_NOT_NEEDED -> "An earlier channel of the type's steps got through.";
            case STEP -> "The type tries another channel first.";
            case FALLBACK -> "It waits whether an earlier channel gets through.";
            case BATCH -> "It is collected with others of its kind.";
            case DIGEST -> "It waits for her digest.";
            case EXCLUDED -> "The event excludes her.";
            case HOLD_LIMIT -> "As much waits for her as may, or it has waited as long as it may.";
            case QUIET_HOURS -> "It comes within her quiet hours.";
            case SCHEDULED -> "The event asks for a later time of delivery.";
            case TYPE_PENDING -> "The newest version of the type is still under way to the router.";
            case NO_ADDRESS -> "No address of hers is known.";
            case NO_SUBSCRIPTION -> "No device of hers takes pushes.";
            case CHANNEL_NOT_CONFIGURED -> "This channel is not set up in this installation.";
            case SUPPRESSED_ADDRESS -> "Her address is on the suppression list.";
            case UNSUBSCRIBED -> "She unsubscribed with a link in a mail.";
            case SUPERSEDED -> "Something newer of its group was there already.";
            case TIMEOUT -> "The provider did not answer in time.";
            case CONNECTION_FAILED -> "The provider could not be reached.";
            case CONNECTION_LOST -> "The connection to the provider broke.";
            case PROVIDER_BUSY -> "The provider asked to come back later.";
            case PROVIDER_ERROR -> "The provider reported a failure of its own.";
            case RATE_LIMITED -> "The provider limits how much it takes.";
            case REJECTED -> "The provider refused it.";
            case RELAY_NOT_CAPABLE -> "The relay cannot send to such an address.";
            case ADDRESS_INVALID -> "Her address is not valid.";
            case ADDRESS_GONE -> "Her address or device no longer exists.";
            case AUTHENTICATION_FAILED -> "The provider does not accept this installation's credentials.";
            case TOO_LARGE -> "It is larger than the provider takes.";
            case ATTACHMENT_UNAVAILABLE -> "A file that goes with it could not be fetched yet.";
            case ATTACHMENT_REFUSED -> "A file that goes with it cannot be attached.";
            case UNCERTAIN -> "Twice nobody could tell whether it went out, so it is not sent again.";
            case ATTEMPTS_EXHAUSTED -> "All attempts failed.";
            case MALFORMED -> "The record could not be read.";
            case INTERNAL_ERROR -> "It failed for a reason of our own; the dead letter has the details.";
        };
    }
}
