package dev.carillon.email.tracking;

import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code email.do_not_track}: who forbade it, so that links in earlier mails tell nothing either. */
public final class NoTrackTable {
    private final JdbcClient jdbc;

    NoTrackTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Follows what recipients choose, in the order in which they did. */
    public void profiles(List<RecipientProfile> changed) {
        Map<String, Boolean> latest = new LinkedHashMap<>();
        changed.forEach(profile ->
                latest.put(profile.recipient().value(), profile.preferences().doNotTrack()));
        delete(names(latest, false));
        String[] forbidding = names(latest, true);
        if (forbidding.length > 0) {
            jdbc.sql("insert into email.do_not_track (recipient) select unnest(:recipients) on conflict do nothing")
                    .param("recipients", forbidding)
                    .update();
        }
    }

    private static String[] names(Map<String, Boolean> latest, boolean forbidding) {
        return latest.entrySet().stream()
                .filter(entry -> entry.getValue() == forbidding)
                .map(Map.Entry::getKey)
                .sorted()
                .toArray(String[]::new);
    }

    /** Forgets whom nobody may remember any more. */
    public void forget(RecipientId recipient) {
        delete(recipient.value());
    }

    private void delete(String... recipients) {
        if (recipients.length > 0) {
            jdbc.sql("delete from email.do_not_track where recipient = any(:recipients)")
                    .param("recipients", recipients)
                    .update();
        }
    }

    boolean contains(RecipientId recipient) {
        return !among(Set.of(recipient)).isEmpty();
    }

    /** Those of them who forbid it. */
    Set<RecipientId> among(Set<RecipientId> recipients) {
        return jdbc
                .sql("select recipient from email.do_not_track where recipient = any(:recipients)")
                .param("recipients", recipients.stream().map(RecipientId::value).toArray(String[]::new))
                .query(String.class)
                .list()
                .stream()
                .map(RecipientId::new)
                .collect(Collectors.toSet());
    }
}
