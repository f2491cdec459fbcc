package dev.carillon.email.smtp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a mail may go to its relay now. */
public sealed interface Admission permits Admitted, Admission.Later {

    /**
     * Not now: the relay is down, has enough to do, or a limit is reached.
     *
     * @param why for the log and for operators
     * @param notBefore when it may be; null: some time
     */
    record Later(String why, @Nullable Instant notBefore) implements Admission {}
}
