package dev.carillon.email.layout;

import dev.carillon.email.layout.Letter.Entry;
import dev.carillon.email.layout.Letter.Group;
import dev.carillon.email.layout.Letter.Topic;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sorts what was merged by category, and within one by what it is about, in the order of the first of each. */
final class Grouping {
    private final PublicOrigin origin;

    Grouping(PublicOrigin origin) {
        this.origin = origin;
    }

    private record Told(Notification notification, Entry entry) {}

    List<Group> of(List<Notification> items, Function<Notification, Entry> entry) {
        Map<String, List<Told>> byCategory = new LinkedHashMap<>();
        for (Notification item : items) {
            String category = Objects.requireNonNullElse(item.labels().category(), "");
            byCategory.computeIfAbsent(category, name -> new ArrayList<>()).add(new Told(item, entry.apply(item)));
        }
        List<Group> groups = new ArrayList<>();
        byCategory.forEach((category, told) -> {
            boolean named = byCategory.size() > 1 && !category.isEmpty();
            groups.add(new Group(named ? heading(category) : null, topics(told)));
        });
        return groups;
    }

    private List<Topic> topics(List<Told> all) {
        Map<String, List<Told>> bySubject = new LinkedHashMap<>();
        for (Told told : all) {
            bySubject
                    .computeIfAbsent(key(subject(told)), name -> new ArrayList<>())
                    .add(told);
        }
        List<Entry> alone = new ArrayList<>();
        List<Topic> topics = new ArrayList<>();
        for (List<Told> told : bySubject.values()) {
            List<Entry> entries = told.stream().map(Told::entry).toList();
            Subject subject = told.size() > 1 ? subject(told.getFirst()) : null;
            if (subject == null || subject.name() == null) {
                alone.addAll(entries);
            } else {
                topics.add(new Topic(subject.name(), origin.resolve(subject.url()), entries));
            }
        }
        if (!alone.isEmpty()) {
            // First, where no heading of a subject stands above them.
            topics.addFirst(new Topic(null, null, alone));
        }
        return topics;
    }

    private static @Nullable Subject subject(Told told) {
        List<Subject> subjects = told.notification().content().subjects();
        return subjects.isEmpty() ? null : subjects.getFirst();
    }

    private static String key(@Nullable Subject subject) {
        return subject == null ? "" : subject.type() + '\n' + subject.id();
    }

    private static String heading(String category) {
        String words = category.replace('_', ' ').replace('-', ' ').strip();
        return words.isEmpty() ? category : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
