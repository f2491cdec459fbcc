package dev.carillon.inapp.feed;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is named in the rows of others: as who caused something, or as what it is about. Dismissed rows are meant too. */
final class Namings {
    /** Rows that one statement changes, so that no reader waits for long. */
    private static final int PORTION = 1_000;

    private static final String BY = "update inapp.feed set extra = jsonb_set(extra, '{actor}', 'null')"
            + " where ctid = any(array(select ctid from inapp.feed"
            + " where extra -> 'actor' ->> 'id' = :id and extra -> 'actor' ->> 'id' is not null limit :most))";

    /** Whatever the type of the subject is; its name and address go too. */
    private static final String ABOUT = """
            update inapp.feed set extra = jsonb_set(extra, '{subjects}', (
                select coalesce(jsonb_agg(case when one ->> 'id' = :id then jsonb_build_object('type', one -> 'type',
                    'id', cast(:pseudonym as text), 'name', null, 'url', null) else one end order by place), '[]')
                from jsonb_array_elements(extra -> 'subjects') with ordinality as s (one, place)
                where cast(:pseudonym as text) is not null or one ->> 'id' is distinct from :id))
            where ctid = any(array(select ctid from inapp.feed
                where extra -> 'subjects' @> cast(:subject as jsonb) and extra -> 'subjects' <> '[]'::jsonb
                and dismissed_at is %s limit :most))
            """;

    private static final String ABOUT_SHOWN = ABOUT.formatted("null");
    private static final String ABOUT_DISMISSED = ABOUT.formatted("not null");

    private final JdbcClient database;

    Namings(JdbcClient database) {
        this.database = database;
    }

    /**
     * Takes somebody out of everybody's rows.
     *
     * @param pseudonym takes the place of her id among subjects; null: she is left out
     * @return how many rows named her
     */
    int forget(RecipientId person, @Nullable String pseudonym) {
        return repeat(database.sql(BY).param("id", person.value()))
                + repeat(about(ABOUT_SHOWN, person, pseudonym))
                + repeat(about(ABOUT_DISMISSED, person, pseudonym));
    }

    private JdbcClient.StatementSpec about(String sql, RecipientId person, @Nullable String pseudonym) {
        return database.sql(sql)
                .param("id", person.value())
                .param("pseudonym", pseudonym)
                .param(
                        "subject",
                        new String(Json.write(List.of(Map.of("id", person.value()))), StandardCharsets.UTF_8));
    }

    /** Until none is found: a row that is changed meanwhile has moved, and is found in its new place. */
    private static int repeat(JdbcClient.StatementSpec portion) {
        portion.param("most", PORTION);
        int all = 0;
        for (int changed = portion.update(); changed > 0; changed = portion.update()) {
            all += changed;
        }
        return all;
    }
}
