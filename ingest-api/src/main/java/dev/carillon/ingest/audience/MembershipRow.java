package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A membership as the database has it; ended ones are kept until that is published. */
record MembershipRow(Membership membership) {
    static final String COLUMNS = "recipient, audience, version, since, deleted_at";

    static MembershipRow of(ResultSet row, int number) throws SQLException {
        return new MembershipRow(new Membership(
                new AudienceId(row.getString("audience")),
                new RecipientId(row.getString("recipient")),
                row.getLong("version"),
                row.getTimestamp("deleted_at") == null,
                row.getTimestamp("since").toInstant()));
    }

    MemberKey key() {
        return new MemberKey(membership.audience(), membership.recipient());
    }
}
