package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a type's notifications wait, and how many go out.
 *
 * @param batches at most one per channel
 * @param digest null: at once, unless the recipient wants a digest
 * @param caps beside those of the installation
 * @param overCap null: as the installation says
 * @param steps channels that are tried one after the other; every other channel is told at once
 * @param conditions what must hold for a channel, as {@link dev.carillon.schemas.type.Step#condition()} for a step
 * @param neverMerge what waited goes out one by one, also at the end of quiet hours
 */
public record Policies(
        @JsonInclude(Include.NON_EMPTY) List<Batch> batches,
        @Nullable TypeDigest digest,
        @JsonInclude(Include.NON_EMPTY) List<Cap> caps,
        @Nullable OverCap overCap,
        @JsonInclude(Include.NON_DEFAULT) boolean neverMerge,
        @JsonInclude(Include.NON_EMPTY) List<Step> steps,
        @JsonInclude(Include.NON_EMPTY) Map<Channel, String> conditions) {
    private static final Policies NONE = new Policies(List.of(), null, List.of(), null, false, List.of(), Map.of());

    public Policies {
        batches = batches == null ? List.of() : List.copyOf(batches);
        caps = caps == null ? List.of() : List.copyOf(caps);
        steps = steps == null ? List.of() : List.copyOf(steps);
        conditions = conditions == null ? Map.of() : Map.copyOf(conditions);
    }

    /** Of a type that tries all its channels at once, without conditions. */
    public Policies(
            List<Batch> batches,
            @Nullable TypeDigest digest,
            List<Cap> caps,
            @Nullable OverCap overCap,
            boolean neverMerge) {
        this(batches, digest, caps, overCap, neverMerge, List.of(), Map.of());
    }

    public Policies withSteps(List<Step> others) {
        return new Policies(batches, digest, caps, overCap, neverMerge, others, conditions);
    }

    public Policies withConditions(Map<Channel, String> others) {
        return new Policies(batches, digest, caps, overCap, neverMerge, steps, others);
    }

    public boolean hasConditions() {
        return !conditions.isEmpty() || steps.stream().anyMatch(step -> step.condition() != null);
    }

    /** All that must hold for {@code channel}: its own condition, then its step's. */
    public List<String> conditions(Channel channel) {
        Stream<String> own = Stream.ofNullable(conditions.get(channel));
        Stream<String> ofSteps = steps.stream()
                .filter(step -> step.channel() == channel)
                .map(Step::condition)
                .filter(Objects::nonNull);
        return Stream.concat(own, ofSteps).toList();
    }

    /** Everything at once, as far as preferences say nothing else. */
    public static Policies none() {
        return NONE;
    }
}
