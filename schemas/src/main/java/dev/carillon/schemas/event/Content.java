package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be shown. Texts are data: they may hold markup and line breaks, and whoever shows them escapes them.
 *
 * @param title one line, at most 255 characters; null where a template makes it
 * @param subject the subject line of a mail; null means the title
 * @param body at most 10,000 characters
 * @param actionUrl where a click leads: http, https or relative, at most 500 characters
 * @param image https address of a picture
 * @param data the event's own fields, readable by templates; at most 32 KiB as JSON
 * @param attachments files that go with a mail; other channels do not carry them
 */
public record Content(
        @Nullable String title,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String actionUrl,
        @JsonInclude(Include.NON_EMPTY) List<Action> actions,
        @Nullable String image,
        @JsonInclude(Include.NON_EMPTY) List<Subject> subjects,
        @JsonInclude(Include.NON_EMPTY) Map<String, Object> data,
        @JsonInclude(Include.NON_EMPTY) List<Attachment> attachments) {

    public Content {
        actions = actions == null ? List.of() : List.copyOf(actions);
        subjects = subjects == null ? List.of() : List.copyOf(subjects);
        data = data == null ? Map.of() : data;
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }

    /** Without attachments. */
    public Content(
            @Nullable String title,
            @Nullable String subject,
            @Nullable String body,
            @Nullable String actionUrl,
            List<Action> actions,
            @Nullable String image,
            List<Subject> subjects,
            Map<String, Object> data) {
        this(title, subject, body, actionUrl, actions, image, subjects, data, List.of());
    }

    /** The least: a title and a body. */
    public static Content of(@Nullable String title, @Nullable String body) {
        return new Content(title, null, body, null, List.of(), null, List.of(), Map.of());
    }

    /** Whom it names as a subject of whatever type, and {@code actor}. */
    public Set<RecipientId> named(@Nullable Actor actor) {
        Set<RecipientId> named = new LinkedHashSet<>();
        if (actor != null) {
            named.add(actor.id());
        }
        for (Subject one : subjects) {
            if (RecipientId.isValid(one.id())) {
                named.add(new RecipientId(one.id()));
            }
        }
        return named;
    }

    /** The same about {@code others} in the place of its subjects. */
    private Content about(List<Subject> others) {
        return new Content(title, subject, body, actionUrl, actions, image, others, data, attachments);
    }

    /** See {@link Event#without}. */
    public Content without(RecipientId person, @Nullable String pseudonym) {
        if (subjects.stream().noneMatch(one -> one.id().equals(person.value()))) {
            return this;
        }
        Stream<Subject> rest = pseudonym == null
                ? subjects.stream().filter(one -> !one.id().equals(person.value()))
                : subjects.stream().map(one -> one.id().equals(person.value()) ? one.under(pseudonym) : one);
        return about(rest.toList());
    }
}
