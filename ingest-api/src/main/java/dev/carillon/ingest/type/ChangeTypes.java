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
    /** Somebody who writes the same type at the same time can be faster, but not for ever. */
    private static final int MOST_ATTEMPTS = 10;

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
        refuseFromFile(table.find(type.name()));
        TypeRow written = write(type, condition);
        publish.publish(publication, List.of(type.name()));
        known.put(written.type());
        return written;
    }

    private TypeRow write(NotificationType type, Precondition condition) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<TypeRow> written = table.put(type, Origin.REST, condition);
            Optional<TypeRow> there = written.isPresent() ? written : unchanged(type, condition);
            if (there.isPresent()) {
                return there.get();
            }
            if (condition.expected() != null) {
                throw Precondition.failed();
            }
        }
        throw Precondition.failed();
    }

    /** The row as it is, where it says already what is to be written and is the one that the caller expects. */
    private Optional<TypeRow> unchanged(NotificationType type, Precondition condition) {
        return table.find(type.name())
                .filter(row -> TypeJson.document(row.type()).equals(TypeJson.document(type)))
                .filter(row -> condition.isMetBy(row.type().version()));
    }

    /** Deletes over REST; what is not there is deleted already. */
    void delete(String name, Precondition condition) {
        refuseFromFile(table.find(name));
        Optional<Long> deleted = table.delete(name, Origin.REST, condition, clock.instant());
        if (deleted.isEmpty() && condition.expected() != null) {
            throw Precondition.failed();
        }
        publish.publish(publication, List.of(name));
        deleted.ifPresent(version -> known.remove(name, version));
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
}
