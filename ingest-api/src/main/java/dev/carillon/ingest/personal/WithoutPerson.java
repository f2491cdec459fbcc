package dev.carillon.ingest.personal;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a recipient out of an event, as publishers write it or as it travels: as one of its targets, as an exception, as
 * its actor. What is about her is then about her pseudonym. The same of a CloudEvent, by its attributes. Texts and data are the publisher's and stay.
 */
public final class WithoutPerson {
    private static final List<String> NAMED = List.of("recipients", "exclude", "exclude_recipients");

    private static final List<String> TARGETS = List.of("recipients", "audiences", "sessions");

    private WithoutPerson() {}

    /** Changes {@code event}, and whatever it consists of. Says whether she was named. */
    public static boolean remove(JsonNode event, RecipientId recipient, String pseudonym) {
        boolean changed = false;
        if (event instanceof ObjectNode object) {
            for (String list : NAMED) {
                changed |= object.get(list) instanceof ArrayNode names && without(names, recipient);
            }
            if (isHer(object.get("actor"), recipient)) {
                object.remove(List.of("actor", "actorname"));
                changed = true;
            }
            if (object.has("specversion")) {
                changed |= withoutInAttributes(object, recipient, pseudonym);
            }
            changed |= object.get("subjects") instanceof ArrayNode subjects && rename(subjects, recipient, pseudonym);
        }
        for (JsonNode child : List.copyOf(new ArrayList<>(event.values()))) {
            changed |= child.isContainer() && remove(child, recipient, pseudonym);
        }
        return changed;
    }

    /** Whether an event has anybody left that it is for. */
    public static boolean hasTargets(JsonNode event) {
        return "true".equalsIgnoreCase(event.path("broadcast").asString(""))
                || TARGETS.stream().anyMatch(list -> hasItems(event.path(list)));
    }

    /** Of a list, or of one in a text. */
    private static boolean hasItems(JsonNode list) {
        return list.isString() ? !list.stringValue().replace(",", "").isBlank() : !list.isEmpty();
    }

    private static boolean without(ArrayNode names, RecipientId recipient) {
        boolean changed = false;
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).isString() && names.get(i).stringValue().equals(recipient.value())) {
                names.remove(i);
                changed = true;
            }
        }
        return changed;
    }

    /** A CloudEvent has its lists in texts, and one subject, a kind and an id in one text. */
    private static boolean withoutInAttributes(ObjectNode event, RecipientId recipient, String pseudonym) {
        boolean changed = false;
        for (String list : NAMED) {
            List<String> all = List.of(event.path(list).stringValue("").split(",", -1));
            List<String> others = all.stream()
                    .filter(one -> !one.strip().equals(recipient.value()))
                    .toList();
            if (others.size() < all.size()) {
                event.put(list, String.join(",", others));
                changed = true;
            }
        }
        String subject = event.path("subject").stringValue("");
        int id = subject.indexOf('/') + 1;
        if (subject.substring(id).equals(recipient.value())) {
            event.put("subject", subject.substring(0, id) + pseudonym);
            changed = true;
        }
        return changed;
    }

    /** Neither name nor address stays. */
    private static boolean rename(ArrayNode subjects, RecipientId recipient, String pseudonym) {
        boolean changed = false;
        for (JsonNode subject : subjects) {
            if (subject instanceof ObjectNode object && isHer(object, recipient)) {
                object.put("id", pseudonym).remove(List.of("name", "url"));
                changed = true;
            }
        }
        return changed;
    }

    /** An actor is an object, or her id alone. */
    private static boolean isHer(@Nullable JsonNode actor, RecipientId recipient) {
        if (actor == null) {
            return false;
        }
        JsonNode id = actor.isString() ? actor : actor.path("id");
        return id.isString() && id.stringValue().equals(recipient.value());
    }
}
