package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nobody is told what was not for her, nor on a channel that a setting had switched off before the event. */
public final class NothingUninvited implements Guarantee {

    private final Map<String, Accepted> accepted = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    private record Arrival(String recipient, String token, Channel channel) {}

    @Override
    public void accepted(Accepted event) {
        accepted.put(event.token(), event);
    }

    @Override
    public void shown(Shown shown) {
        arrivals.add(new Arrival(shown.recipient(), shown.token(), Channel.INAPP));
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> arrivals.add(new Arrival(recipient, row.token(), Channel.INAPP)));
    }

    @Override
    public void mailed(Mailed mail) {
        mail.tokens().forEach(token -> arrivals.add(new Arrival(mail.recipient(), token, Channel.EMAIL)));
    }

    @Override
    public void pushed(Pushed push) {
        push.tokens().forEach(token -> arrivals.add(new Arrival(push.recipient(), token, Channel.PUSH)));
    }

    @Override
    public List<String> broken() {
        return arrivals.stream()
                .filter(arrival -> !isInvited(arrival))
                .map(arrival -> arrival.token() + " was not for " + arrival.recipient() + " on " + arrival.channel())
                .toList();
    }

    private boolean isInvited(Arrival arrival) {
        Accepted event = accepted.get(arrival.token());
        return event != null && event.invites(arrival.recipient(), arrival.channel());
    }
}
