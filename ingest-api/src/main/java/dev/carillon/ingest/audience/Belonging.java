package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Set;

/** What somebody belongs to: the audiences that she is a member of, and those that these belong to. */
public final class Belonging {
    private final MembershipTable table;
    private final KnownNesting nesting;

    Belonging(MembershipTable table, KnownNesting nesting) {
        this.table = table;
        this.nesting = nesting;
    }

    public Set<AudienceId> of(RecipientId member) {
        return nesting.around(table.of(member));
    }
}
