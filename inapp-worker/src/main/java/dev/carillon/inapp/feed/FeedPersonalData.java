package dev.carillon.inapp.feed;

import dev.carillon.platform.personal.PersonalData;
import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Feeds of recipients with their tombstones, and who is named in the feeds of others or as a subject that is gone. */
final class FeedPersonalData implements PersonalData {
    private final RecipientTables tables;
    private final Namings namings;
    private final GoneSubjects gone;

    FeedPersonalData(JdbcClient jdbc, GoneSubjects gone) {
        this.tables = new RecipientTables(
                jdbc, List.of(Table.ofRecipient("inapp.feed"), Table.ofRecipient("inapp.dismissed_group")));
        this.namings = new Namings(jdbc);
        this.gone = gone;
    }

    @Override
    public void export(Command.Export asked, ExportParts into) {
        tables.export(asked.recipient(), List.of(), into);
    }

    @Override
    public Map<String, Long> erase(Command.Erase wanted) {
        Map<String, Long> removed = new TreeMap<>(tables.erase(wanted.recipient(), List.of()));
        removed.put("feeds_of_others", (long) namings.forget(wanted.recipient(), wanted.pseudonym()));
        removed.put("gone_subject", (long) gone.forget(wanted.recipient(), wanted.pseudonym()));
        return removed;
    }
}
