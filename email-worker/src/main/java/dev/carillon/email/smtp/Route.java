package dev.carillon.email.smtp;

import dev.carillon.schemas.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The way of some mails: a relay, and those that take over while it is down. Safe for all threads. */
final class Route {
    private final List<GuardedRelay> relays;

    Route(List<GuardedRelay> relays) {
        this.relays = List.copyOf(relays);
    }

    /** Lets a mail in at the first relay that is not known to be down; a busy one is waited for, not passed over. */
    Admission enter(Lane lane, boolean waited) throws InterruptedException {
        List<Instant> rests = new ArrayList<>();
        for (int i = 0; i < relays.size(); i++) {
            GuardedRelay relay = relays.get(i);
            Instant rest = relay.restsUntil();
            if (rest == null) {
                Admission.Later refused = relay.enter(lane, waited);
                return refused == null ? new Admitted(relays.subList(i, relays.size()), lane) : refused;
            }
            rests.add(rest);
        }
        String names = String.join(", ", relays.stream().map(GuardedRelay::name).toList());
        return new Admission.Later(
                names + " cannot be reached",
                rests.stream().min(Instant::compareTo).orElseThrow());
    }

    /** Hands over at once, past every limit, for a mail that somebody waits for. */
    SmtpResult sendNow(Envelope envelope, byte[] message) {
        return new Admitted(relays, Lane.DIRECT).send(envelope, message, () -> true);
    }
}
