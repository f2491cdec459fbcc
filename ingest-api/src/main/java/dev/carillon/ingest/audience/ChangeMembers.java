package dev.carillon.ingest.audience;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** Changes of audiences: committed first, then published, then answered. */
final class ChangeMembers {
    /** Most members of a request, and of an audience that a request may replace as a whole. */
    static final int MAX = 1_000;

    private final MembershipTable table;
    private final SettingTable<MemberKey> publication;
    private final PublishSettings publish;
    private final ErasedTable erased;
    private final Clock clock;

    ChangeMembers(
            MembershipTable table,
            SettingTable<MemberKey> publication,
            PublishSettings publish,
            ErasedTable erased,
            Clock clock) {
        this.table = table;
        this.publication = publication;
        this.publish = publish;
        this.erased = erased;
        this.clock = clock;
    }

    /** How many joined and how many left; who already was where she should be counts as neither. */
    record Changed(int added, int removed) {}

    /** Two statements, each by itself: in one transaction they would take their locks in no common order. */
    Changed change(AudienceId audience, Collection<RecipientId> add, Collection<RecipientId> remove) {
        erased.refuseWhileErasing(add);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        int added = table.add(audience, new TreeSet<>(add), now);
        int removed = table.remove(audience, new TreeSet<>(remove), now);
        publish.publish(publication, keys(audience, add, remove));
        return new Changed(added, removed);
    }

    /** Makes these the only members. */
    Changed replace(AudienceId audience, Collection<RecipientId> members) {
        List<MembershipRow> present = table.list(audience, "", MAX + 1);
        if (present.size() > MAX) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "audience_too_large",
                    "the audience has more than " + MAX + " members: send what to add and to remove with POST");
        }
        Set<RecipientId> leaving = new LinkedHashSet<>();
        present.forEach(row -> leaving.add(row.membership().recipient()));
        leaving.removeAll(Set.copyOf(members));
        return change(audience, members, leaving);
    }

    /** Leaves everything, and removes the rows once that is published. @return how many there were */
    int leaveAll(RecipientId recipient) {
        List<AudienceId> audiences = table.leaveAll(recipient, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        publish.publish(
                publication,
                audiences.stream()
                        .map(audience -> new MemberKey(audience, recipient))
                        .toList());
        return table.forget(recipient);
    }

    private static List<MemberKey> keys(
            AudienceId audience, Collection<RecipientId> add, Collection<RecipientId> remove) {
        return Stream.concat(add.stream(), remove.stream())
                .distinct()
                .map(recipient -> new MemberKey(audience, recipient))
                .toList();
    }
}
