package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.DigestReader;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Texts;
import dev.carillon.ingest.document.Times;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.QuietWindow;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of preferences. What an answer of ours adds (unsubscribed, version, warnings) may come back. */
final class PreferenceReader {
    private static final int MAX_CHOICES = 500;
    private static final int MAX_NAME = 128;
    private static final int MAX_WINDOWS = 21;
    private static final int MAX_MUTES = 200;
    private static final Set<String> KNOWN = Set.of(
            "channels",
            "categories",
            "types",
            "quiet_hours",
            "time_zone",
            "locale",
            "muted_until",
            "mutes",
            "digest",
            "morning_briefing",
            "evening_update",
            "do_not_track",
            "unsubscribed",
            "version",
            "warnings");
    private static final Set<String> CHANNELS = Set.of("in_app", "email", "push");
    private static final Set<String> BRIEFING = Set.of("enabled", "at");
    private static final Map<String, Choice> CHOICES = Vocabulary.named(Choice.values());

    private PreferenceReader() {}

    /**
     * What a caller sent.
     *
     * @param version the one that the document was read with, where it still says so
     */
    record Sent(PreferenceDocument document, @Nullable Long version) {}

    static Sent read(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, KNOWN, violations);
        PreferenceDocument document = new PreferenceDocument(
                switches(fields),
                choices(fields, "categories"),
                choices(fields, "types"),
                quietHours(fields),
                RegistrationReader.zone(fields, "time_zone"),
                fields.locale("locale"),
                fields.time("muted_until"),
                List.of(),
                fields.list("mutes", MAX_MUTES, MuteReader::mute),
                digest(fields),
                briefing(fields, "morning_briefing", DigestSchedule.MORNING),
                briefing(fields, "evening_update", DigestSchedule.EVENING),
                fields.flag("do_not_track", false));
        Long version = version(fields);
        violations.refuseIfAny();
        return new Sent(document, version);
    }

    private static ChannelSwitches switches(Fields fields) {
        Fields channels = fields.object("channels", CHANNELS);
        return channels == null
                ? new ChannelSwitches(true, true, true)
                : new ChannelSwitches(
                        channels.flag("in_app", true), channels.flag("email", true), channels.flag("push", true));
    }

    private static SortedMap<String, ChannelChoices> choices(Fields fields, String name) {
        SortedMap<String, ChannelChoices> choices = new TreeMap<>();
        JsonNode map = fields.map(name);
        if (map == null) {
            return choices;
        }
        if (map.size() > MAX_CHOICES) {
            fields.refuse(name, "max_items", "must have at most " + MAX_CHOICES + " entries");
            return choices;
        }
        map.properties().forEach(entry -> {
            String path = fields.path(name) + "." + entry.getKey();
            if (!isName(entry.getKey(), fields.path(name), fields.violations())) {
                return;
            }
            Fields choice = Fields.of(entry.getValue(), path, CHANNELS, fields.violations());
            if (choice != null) {
                choices.put(
                        entry.getKey(),
                        new ChannelChoices(choice(choice, "in_app"), choice(choice, "email"), choice(choice, "push")));
            }
        });
        return choices;
    }

    /** The path of a name that must not be shown stops before it. */
    private static boolean isName(String text, String path, Violations violations) {
        if (text.isBlank() || text.length() > MAX_NAME) {
            violations.add(path + "." + text, "max_length", "a name must have 1 to " + MAX_NAME + " characters");
            return false;
        }
        String problem = Texts.labelProblem(text);
        if (problem != null) {
            violations.add(path, "characters", "a name in it " + problem);
            return false;
        }
        return true;
    }

    private static @Nullable Choice choice(Fields fields, String channel) {
        return fields.oneOf(channel, CHOICES);
    }

    private static List<QuietWindow> quietHours(Fields fields) {
        return fields.list("quiet_hours", MAX_WINDOWS, QuietHoursReader::window);
    }

    private static DigestSchedule digest(Fields fields) {
        Fields digest = fields.object("digest", DigestReader.KNOWN);
        DigestSchedule read = digest == null ? null : DigestReader.read(digest);
        return read == null ? DigestSchedule.daily() : read;
    }

    private static Briefing briefing(Fields fields, String name, LocalTime usual) {
        Fields briefing = fields.object(name, BRIEFING);
        String text = briefing == null ? null : briefing.text("at", Integer.MAX_VALUE);
        boolean enabled = briefing != null && briefing.flag("enabled", false);
        if (briefing == null || text == null) {
            return new Briefing(enabled, usual);
        }
        try {
            return new Briefing(enabled, Times.parse(text));
        } catch (IllegalArgumentException e) {
            briefing.refuse("at", "format", Times.RULE);
            return new Briefing(enabled, usual);
        }
    }

    private static @Nullable Long version(Fields fields) {
        JsonNode node = fields.get("version");
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            fields.refuse("version", "type", "must be the number that the document was read with");
            return null;
        }
        return node.longValue();
    }
}
