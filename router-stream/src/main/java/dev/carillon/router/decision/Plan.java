package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about one channel when a notification is told.
 *
 * @param behind the channel of the earlier step that it follows; null where it follows none
 */
public record Plan(
        Channel channel, Decision decision, @Nullable Channel behind) {

    /** The plan of every channel: first of those that wait for no other, then of the {@code steps} in their order. */
    public static List<Plan> of(
            Candidate candidate, List<Step> steps, RecipientState recipient, Passed passed, Instant now) {
        List<Plan> plans = new ArrayList<>();
        Set<Channel> others = EnumSet.allOf(Channel.class);
        steps.forEach(step -> others.remove(step.channel()));
        for (Channel channel : others) {
            plans.add(new Plan(channel, Decide.decide(candidate, channel, recipient, passed, now), null));
        }
        Instant scheduled = candidate.deliverAt();
        Ladder ladder = Ladder.start(scheduled != null && scheduled.isAfter(now) ? scheduled : now);
        for (Step step : steps) {
            Turn turn = ladder.turn(step);
            Decision decision = Decide.decide(candidate, step.channel(), turn, recipient, passed, now);
            plans.add(new Plan(step.channel(), decision, ladder.behind()));
            ladder = ladder.after(step, turn, decision, now);
        }
        return plans;
    }
}
