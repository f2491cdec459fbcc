package dev.carillon.email.smtp;

import dev.carillon.platform.delivery.WorkerSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Lane;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All relays, and the way that each mail takes. Safe for all threads. */
public final class Relays implements AutoCloseable {
    private final RelayPlan plan;
    private final Map<String, GuardedRelay> relays = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final DomainLimits domains;
    private final Clock clock;

    /**
     * @param worker says how much there is to share
     * @throws IllegalArgumentException naming the setting and the rule that it breaks
     */
    public Relays(RelaySettings standard, RelaysSettings more, WorkerSettings worker, Clock clock) {
        this.plan = RelayPlan.of(standard, more.relays());
        this.domains = new DomainLimits(more.domainLimits());
        this.clock = clock;
        if (standard.isConfigured()) {
            int sessions = more.sessions(standard);
            plan.relays().forEach((name, settings) -> relays.put(name, open(name, settings, sessions, worker)));
            plan.relays().forEach((name, settings) -> routes.put(name, route(name, settings)));
        }
    }

    /**
     * What kind of mail looks for its way.
     *
     * @param type null where it is of several types, or none
     * @param category likewise
     * @param waited whether it was sent away before
     */
    public record Mail(@Nullable String type, @Nullable String category, Lane lane, boolean waited) {}

    /** Whether there is any. */
    public boolean isConfigured() {
        return !relays.isEmpty();
    }

    /** Whether there are several, each of which may fail without the others. */
    public boolean several() {
        return relays.size() > 1;
    }

    /** Whether none of several can be reached. */
    public boolean allDown() {
        return several() && relays.values().stream().allMatch(relay -> relay.restsUntil() != null);
    }

    /** The name of the relay that a mail goes to, as long as that does not fail. */
    public String takes(Mail mail) {
        return plan.relayOf(mail.type(), mail.category());
    }

    /** Lets a mail in, or says when to come back; waits a second at most for a busy relay. */
    public Admission enter(Mail mail, MailAddress recipient) throws InterruptedException {
        Admission.Later limited = domains.enter(recipient.domain(), clock.instant(), mail.waited());
        if (limited != null) {
            return limited;
        }
        Admission admission = route(mail.type(), mail.category()).enter(mail.lane(), mail.waited());
        if (admission instanceof Admission.Later) {
            domains.giveBack(recipient.domain());
        }
        return admission;
    }

    /** Hands over at once, past every limit, for a mail that somebody waits for. */
    public SmtpResult sendNow(Envelope envelope, byte[] message, @Nullable String type, @Nullable String category) {
        return route(type, category).sendNow(envelope, message);
    }

    /** How each of them does now. */
    public List<RelayState> states() {
        List<RelayState> states = new ArrayList<>();
        plan.relays().forEach((name, settings) -> {
            GuardedRelay relay = relays.get(name);
            if (relay != null) {
                states.add(RelayState.of(relay, settings));
            }
        });
        return states;
    }

    private Route route(@Nullable String type, @Nullable String category) {
        return Objects.requireNonNull(routes.get(plan.relayOf(type, category)), "no relay is configured");
    }

    private GuardedRelay open(String name, RelaySettings settings, int sessions, WorkerSettings worker) {
        String setting = RelayPlan.settingOf(name);
        boolean alone = plan.relays().size() == 1;
        int own = settings.pool().size();
        Share share = alone
                ? new Share(worker.maxInFlight(), worker.bulkInFlight())
                : new Share(part(worker.maxInFlight(), own, sessions), part(worker.bulkInFlight(), own, sessions));
        Rate rate = settings.rate() == null ? null : Rate.parse(setting + ".rate", settings.rate());
        return new GuardedRelay(name, new Relay(setting, settings), share, rate, alone, clock);
    }

    /** Three quarters of the room are shared out by sessions; the rest is for mails that find their relay busy. */
    private static int part(int room, int own, int sessions) {
        return Math.max(1, (int) (3L * room * own / (4L * sessions)));
    }

    private Route route(String name, RelaySettings settings) {
        List<GuardedRelay> inOrder = new ArrayList<>();
        inOrder.add(Objects.requireNonNull(relays.get(name)));
        settings.failOver().forEach(other -> inOrder.add(Objects.requireNonNull(relays.get(other))));
        return new Route(inOrder);
    }

    @Override
    public void close() {
        relays.values().forEach(GuardedRelay::close);
    }
}
