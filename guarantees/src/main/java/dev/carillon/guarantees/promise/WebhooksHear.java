package dev.carillon.guarantees.promise;

import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a webhook wants to hear it is told until it says that it knows, always under the same id, and nothing that did not
 * happen.
 */
public final class WebhooksHear implements Guarantee {

    private final Set<OutcomeState> outcomes;
    private final Set<String> types;
    private final Set<Heard.What> wanted = new HashSet<>();
    private final Set<Heard.What> known = new HashSet<>();
    private final Map<Heard.What, Set<String>> ids = new HashMap<>();

    /** @param outcomes what it wants to hear of notifications of these types */
    public WebhooksHear(Set<OutcomeState> outcomes, Set<String> types) {
        this.outcomes = Set.copyOf(outcomes);
        this.types = Set.copyOf(types);
    }

    @Override
    public void told(NotificationOutcome told) {
        String type = told.type();
        if (type == null || !types.contains(type)) {
            return;
        }
        for (ChannelOutcome outcome : told.channels()) {
            if (outcomes.contains(outcome.state())) {
                wanted.add(new Heard.What(told.notification(), outcome.channel(), outcome.state(), told.at()));
            }
        }
    }

    @Override
    public void heard(Heard heard) {
        ids.computeIfAbsent(heard.what(), what -> new HashSet<>()).add(heard.webhookId());
        if (heard.answered()) {
            known.add(heard.what());
        }
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (Heard.What what : wanted) {
            if (!known.contains(what)) {
                broken.add("no webhook knows of " + what);
            }
        }
        ids.forEach((what, all) -> {
            if (!wanted.contains(what)) {
                broken.add("a webhook was told of " + what + ", which is not in the ledger");
            }
            if (all.size() > 1) {
                broken.add("a webhook was told of " + what + " as " + all);
            }
        });
        return broken;
    }
}
