package dev.carillon.email.personal;

import dev.carillon.email.profile.ErasedTable;
import dev.carillon.email.suppression.SuppressedAddress;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.platform.personal.PersonalData;
import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mails to recipients, and what is known of their addresses. An address that was suppressed is forgotten too: should it
 * come back, it is tried once more.
 */
final class EmailPersonalData implements PersonalData {
    private final JdbcClient jdbc;
    private final RecipientTables tables;
    private final ErasedTable erased;

    EmailPersonalData(JdbcClient jdbc, ErasedTable erased) {
        this.jdbc = jdbc;
        this.erased = erased;
        this.tables = new RecipientTables(
                jdbc,
                List.of(
                        Table.ofRecipient("email.ledger"),
                        Table.ofRecipient("email.unsubscription"),
                        Table.ofRecipient("email.reach"),
                        Table.ofRecipient("email.do_not_track"),
                        Table.ofAddress("email.suppression"),
                        Table.ofAddress("email.soft_bounce")));
    }

    @Override
    public void export(Command.Export asked, ExportParts into) {
        tables.export(asked.recipient(), addresses(asked.recipient(), asked.addresses()), into);
    }

    /** First it is remembered, so that nothing that comes meanwhile is kept. */
    @Override
    public Map<String, Long> erase(Command.Erase wanted) {
        erased.add(wanted.recipient(), wanted.at());
        return tables.erase(wanted.recipient(), addresses(wanted.recipient(), wanted.addresses()));
    }

    /** Also the one that the router has heard of last, unless somebody else has it too. */
    private List<String> addresses(RecipientId recipient, List<String> named) {
        List<String> known = jdbc.sql("select address from email.reach r where recipient = :recipient and not exists"
                        + " (select 1 from email.reach o where o.address = r.address and o.recipient <> r.recipient)")
                .param("recipient", recipient.value())
                .query((row, number) -> row.getString("address"))
                .list();
        return Stream.concat(named.stream().map(EmailPersonalData::key), known.stream())
                .distinct()
                .toList();
    }

    /** As an address is remembered; what is none was never mailed. */
    private static String key(String address) {
        try {
            return SuppressedAddress.key(MailAddress.parse(address.strip()));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
