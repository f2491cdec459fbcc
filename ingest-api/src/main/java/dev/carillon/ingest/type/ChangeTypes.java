package dev.carillon.ingest.type;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.ingest.type.TypeRow.Origin;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Changes of the catalogue: committed first, then published, then known here, then answered. */
final class ChangeTypes {
    private final TypeTable table;
    private final SettingTable<String> publication;
    private final PublishSettings publish;
    private final KnownTypes known;
    private final Clock clock;

    ChangeTypes(
            TypeTable table, SettingTable<String> publication, PublishSettings publish, KnownTypes known, Clock clock) {
        this.table = table;
        this.publication = publication;
        this.publish = publish;
        this.known = known;
        this.clock = clock;
    }

    /** Writes a type over REST. Sending what is already there changes nothing, the version included. */
    TypeRow put(NotificationType type, Precondition condition) {
        Optional<TypeRow> before = table.find(type.name());
        refuseFromFile(before);
        if (!table.put(type, Origin.REST, condition)) {
            requireMet(condition, before);
        }
        publish.publish(publication, List.of(type.name()));
        TypeRow now = table.find(type.name()).orElseThrow(Precondition::failed);
        known.put(now.type());
        return now;
    }

    /** Deletes over REST; what is not there is deleted already. */
    void delete(String name, Precondition condition) {
        Optional<TypeRow> before = table.find(name);
        refuseFromFile(before);
        if (!table.delete(name, Origin.REST, condition, clock.instant())) {
            requireMet(condition, before);
        }
        publish.publish(publication, List.of(name));
        before.ifPresent(row -> known.remove(name, row.type().version()));
    }

    /** Makes the types of all files the catalogue's, and removes what an earlier set of files had. */
    void takeOver(List<NotificationType> fromFiles) {
        List<String> names = fromFiles.stream().map(NotificationType::name).toList();
        fromFiles.forEach(type -> table.put(type, Origin.FILE, new Precondition(null)));
        table.all().stream()
                .filter(row -> row.origin() == Origin.FILE
                        && !names.contains(row.type().name()))
                .forEach(row -> table.delete(row.type().name(), Origin.FILE, new Precondition(null), clock.instant()));
        publish.publish(publication, names);
    }

    private static void refuseFromFile(Optional<TypeRow> row) {
        if (row.isPresent() && row.get().origin() == Origin.FILE) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT, "type_from_file", "this type comes from a file: change it there");
        }
    }

    /** Nothing was changed: that is well where nothing was expected, or just this version. */
    private static void requireMet(Precondition condition, Optional<TypeRow> present) {
        Long expected = condition.expected();
        long version = present.map(row -> row.type().version()).orElse(0L);
        if (expected != null && expected != version) {
            throw Precondition.failed();
        }
    }
}
