package dev.carillon.platform.personal;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables whose rows belong to one recipient each, or to an address of hers. */
public final class RecipientTables {
    private static final int PORTION = 500;

    private final JdbcClient jdbc;
    private final List<Table> tables;

    public RecipientTables(JdbcClient jdbc, List<Table> tables) {
        this.jdbc = jdbc;
        this.tables = List.copyOf(tables);
    }

    /**
     * A table.
     *
     * @param name with its schema
     * @param column with whom a row is about
     * @param kind what the column holds
     * @param secrets columns that nobody is told
     */
    public record Table(String name, String column, Kind kind, List<String> secrets) {
        public Table {
            secrets = List.copyOf(secrets);
        }

        public static Table ofRecipient(String name, String... secrets) {
            return new Table(name, "recipient", Kind.RECIPIENT, List.of(secrets));
        }

        /** With one address, in lower case, to a row. */
        public static Table ofAddress(String name) {
            return new Table(name, "address", Kind.ADDRESS, List.of());
        }

        private String bare() {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    /** What a column holds. */
    public enum Kind {
        RECIPIENT,
        ADDRESS
    }

    /** Tells all rows. Within a transaction the database gives them in portions; without one, all at once. */
    public void export(RecipientId recipient, List<String> addresses, ExportParts into) {
        for (Table table : tables) {
            into.table(table.bare());
            String select = "SELECT (to_jsonb(t) - :secrets::text[])::text FROM " + table.name + " t";
            statement(select, table, recipient, addresses)
                    .param("secrets", table.secrets.toArray(String[]::new))
                    .withFetchSize(PORTION)
                    .query(row -> {
                        into.add(table.bare(), Json.mapper().readTree(row.getString(1)));
                    });
        }
    }

    /** How many rows there were. */
    public Map<String, Long> erase(RecipientId recipient, List<String> addresses) {
        Map<String, Long> removed = new TreeMap<>();
        for (Table table : tables) {
            removed.put(table.bare(), (long) statement("DELETE FROM " + table.name, table, recipient, addresses)
                    .update());
        }
        return removed;
    }

    /** The names are the program's own. */
    private JdbcClient.StatementSpec statement(
            String begin, Table table, RecipientId recipient, List<String> addresses) {
        List<String> values = switch (table.kind) {
            case RECIPIENT -> List.of(recipient.value());
            case ADDRESS -> addresses;
        };
        return jdbc.sql(begin + " WHERE " + table.column + " = ANY(:whom::text[])")
                .param("whom", values.toArray(String[]::new));
    }
}
