package dev.carillon.ingest.type;

import dev.carillon.ingest.document.DigestReader;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.platform.template.TemplateProblem;
import dev.carillon.platform.template.TemplateSyntax;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.TypeDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads how a type's notifications wait and how many go out, and what they need. */
final class PoliciesReader {
    /** What waits longer in the router is not sent. */
    static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    private static final int MOST_ITEMS = 100;
    private static final int MOST_CAPS = 20;
    private static final int MAX_KEY = 500;
    private static final Set<String> KNOWN =
            Set.of("batches", "digest", "caps", "over_cap", "never_merge", "steps", "conditions");
    private static final Set<String> BATCH =
            Set.of("channels", "mode", "window", "max_window", "first_at_once", "key", "max_items");
    private static final Set<String> DIGEST = Set.of("channels", "schedule");
    private static final Set<String> CAP = Set.of("channel", "category", "most", "per");
    private static final Map<String, Batch.Mode> MODES = Vocabulary.named(Batch.Mode.values());
    private static final Map<String, Cap.Period> PERIODS = Vocabulary.named(Cap.Period.values());
    private static final Map<String, OverCap> OVER = Vocabulary.named(OverCap.values());

    private PoliciesReader() {}

    /**
     * Reads the policies of a type.
     *
     * @param category the type's own; a cap counts nothing else
     * @param goesTo its channels; empty means in-app
     */
    static Policies read(Fields type, @Nullable String category, Set<Channel> goesTo) {
        Fields fields = type.object("policies", KNOWN);
        if (fields == null) {
            return Policies.none();
        }
        List<Batch> batches = fields.list("batches", Channel.values().length, PoliciesReader::batch);
        refuseTwice(fields, batches);
        return new Policies(
                batches,
                digest(fields),
                fields.list("caps", MOST_CAPS, (node, path, violations) -> cap(node, path, violations, category)),
                fields.oneOf("over_cap", OVER),
                fields.flag("never_merge", false),
                StepsReader.steps(fields, goesTo),
                ConditionReader.ofChannels(fields));
    }

    private static void refuseTwice(Fields fields, List<Batch> batches) {
        Set<Channel> taken = EnumSet.noneOf(Channel.class);
        for (Batch batch : batches) {
            for (Channel channel : batch.channels()) {
                if (!taken.add(channel)) {
                    fields.refuse("batches", "unique", "must have at most one batch for " + channel.code());
                }
            }
        }
    }

    private static @Nullable Batch batch(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, BATCH, violations);
        if (fields == null) {
            return null;
        }
        if (!fields.has("window")) {
            fields.refuse("window", "required", "is required: how long is collected, like 10m");
        }
        Duration window = fields.duration("window", LONGEST_WINDOW);
        Batch.Mode mode = fields.oneOf("mode", MODES);
        Duration most = maxWindow(fields, window, mode == Batch.Mode.SLIDING);
        Integer items = fields.number("max_items", 1, MOST_ITEMS);
        Set<Channel> channels = channels(fields);
        boolean first = fields.flag("first_at_once", false);
        String key = key(fields);
        return window == null
                ? null
                : new Batch(
                        channels,
                        mode == null ? Batch.Mode.FIXED : mode,
                        window,
                        most,
                        first,
                        key,
                        items == null ? Batch.DEFAULT_ITEMS : items);
    }

    private static @Nullable Duration maxWindow(Fields fields, @Nullable Duration window, boolean sliding) {
        if (sliding != fields.has("max_window")) {
            fields.refuse(
                    "max_window",
                    sliding ? "required" : "not_applicable",
                    sliding
                            ? "is required: a sliding window must end some time"
                            : "must be absent: only a sliding window moves its end");
            return null;
        }
        Duration most = fields.duration("max_window", LONGEST_WINDOW);
        if (most != null && window != null && most.compareTo(window) < 0) {
            fields.refuse("max_window", "range", "must not be shorter than window");
            return null;
        }
        return most;
    }

    private static @Nullable String key(Fields fields) {
        String key = fields.text("key", MAX_KEY);
        TemplateProblem problem = key == null ? null : TemplateSyntax.check(key);
        if (problem != null) {
            fields.refuse("key", "template", problem.toString());
        }
        return key;
    }

    private static @Nullable TypeDigest digest(Fields policies) {
        Fields fields = policies.object("digest", DIGEST);
        if (fields == null) {
            return null;
        }
        Fields schedule = fields.object("schedule", DigestReader.KNOWN);
        DigestSchedule read = schedule == null ? null : DigestReader.read(schedule);
        if (read != null && read.frequency() == Frequency.NEVER) {
            fields.refuse("schedule.frequency", "allowed_values", "must not be never: leave digest out instead");
        }
        return new TypeDigest(channels(fields), read);
    }

    private static @Nullable Cap cap(JsonNode node, String path, Violations violations, @Nullable String own) {
        Fields fields = Fields.of(node, path, CAP, violations);
        if (fields == null) {
            return null;
        }
        Channel channel = fields.oneOf("channel", TypeReader.CHANNELS);
        String category = fields.label("category", TypeReader.MAX_NAME);
        if (category != null && !category.equals(own)) {
            fields.refuse(
                    "category", "unknown_category", "must be the type's own category or absent: no other applies");
        }
        if (!fields.has("most")) {
            fields.refuse("most", "required", "is required: how many may go out");
        }
        Integer most = fields.number("most", 1, Cap.MOST);
        Cap.Period per = fields.oneOf("per", PERIODS);
        return most == null ? null : new Cap(channel, category, most, per == null ? Cap.Period.DAY : per);
    }

    private static Set<Channel> channels(Fields fields) {
        return Set.copyOf(fields.texts("channels", Channel.values().length, TypeReader::channel));
    }
}
