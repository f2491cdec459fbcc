package dev.carillon.ingest.type;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.platform.template.TemplateProblem;
import dev.carillon.platform.template.TemplateSyntax;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import dev.carillon.schemas.type.Tracking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a type's document, from REST or from a file. What an answer of ours adds may come back and is ignored. */
public final class TypeReader {
    static final int MAX_NAME = 128;
    private static final int MAX_LABEL = 255;
    private static final int MAX_TEMPLATES = 200;
    private static final int MAX_METRICS = 20;
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,4}");
    private static final int MAX_TEMPLATE = 20_000;
    private static final Set<String> KNOWN = Set.of(
            "name",
            "version",
            "origin",
            "label",
            "icon",
            "category",
            "channels",
            "priority",
            "level",
            "critical",
            "notify_actor",
            "templates",
            "policies",
            "tracking",
            "user_to_user",
            "metrics");
    private static final Set<String> TEMPLATE =
            Set.of("channel", "locale", "title", "subject", "body", "action_url", "merged");
    private static final Set<String> TRACKING = Set.of("opens", "clicks");
    static final Map<String, Channel> CHANNELS = channels();

    private TypeReader() {}

    /** Reads a document; {@code path} is where it stands, empty for the whole. Its version is 0 until it is stored. */
    public static @Nullable NotificationType read(String name, JsonNode document, String path, Violations violations) {
        Fields fields = Fields.of(document, path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        Set<Channel> channels = Set.copyOf(fields.texts("channels", CHANNELS.size(), TypeReader::channel));
        String category = fields.label("category", MAX_NAME);
        NotificationType type = new NotificationType(
                name,
                0,
                fields.label("label", MAX_LABEL),
                fields.label("icon", MAX_LABEL),
                category,
                channels,
                fields.oneOf("priority", Vocabulary.PRIORITIES),
                fields.oneOf("level", Vocabulary.LEVELS),
                fields.flag("critical", false),
                fields.flag("notify_actor", false),
                fields.list("templates", MAX_TEMPLATES, TypeReader::template),
                PoliciesReader.read(fields, category, channels),
                tracking(fields),
                fields.flag("user_to_user", false),
                fields.texts("metrics", MAX_METRICS, TypeReader::metric));
        if (type.userToUser() && (type.critical() || type.priority() == Priority.URGENT)) {
            fields.refuse(
                    "user_to_user",
                    "allowed_values",
                    "must not be true of a type that is critical or urgent: mutes and quiet hours apply to what users send");
        }
        return violations.isEmpty() ? type : null;
    }

    private static String metric(String text) {
        if (!METRIC.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the name of a field of data: 1 to 64 of A-Z a-z 0-9 _ -,"
                    + " with dots into objects, at most five deep");
        }
        return text;
    }

    private static @Nullable Tracking tracking(Fields type) {
        Fields fields = type.object("tracking", TRACKING);
        return fields == null ? null : new Tracking(fields.flag("opens", false), fields.flag("clicks", false));
    }

    private static @Nullable Template template(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, TEMPLATE, violations);
        if (fields == null) {
            return null;
        }
        Channel channel = fields.oneOf("channel", CHANNELS);
        boolean html = channel == null || channel == Channel.EMAIL;
        return new Template(
                channel,
                fields.locale("locale"),
                text(fields, "title", html),
                text(fields, "subject", html),
                text(fields, "body", html),
                text(fields, "action_url", html),
                fields.flag("merged", false));
    }

    /** @param html whether a text of this channel may become HTML */
    private static @Nullable String text(Fields fields, String name, boolean html) {
        String text = fields.text(name, MAX_TEMPLATE);
        TemplateProblem problem = text == null ? null : problem(text, html);
        if (problem != null) {
            fields.refuse(name, "template", problem.toString());
        }
        return text;
    }

    private static @Nullable TemplateProblem problem(String text, boolean html) {
        return html ? TemplateSyntax.checkForHtml(text) : TemplateSyntax.check(text);
    }

    static Channel channel(String text) {
        Channel channel = CHANNELS.get(text);
        if (channel == null) {
            throw new IllegalArgumentException("must be one of inapp, email, push");
        }
        return channel;
    }

    private static Map<String, Channel> channels() {
        Map<String, Channel> channels = new LinkedHashMap<>();
        List.of(Channel.values()).forEach(channel -> channels.put(channel.code(), channel));
        channels.put("in_app", Channel.INAPP);
        return channels;
    }
}
