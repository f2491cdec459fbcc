package dev.carillon.router.topology;

import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.Erasure;
import dev.carillon.router.hold.Erasures;
import dev.carillon.router.hold.ForgetPerson;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.router.state.Members;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.EraseRecipient;
import dev.carillon.schemas.event.IntakeRecord.ExportRecipient;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.ExportParts;
import dev.carillon.schemas.reply.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells what a partition keeps of a recipient, and forgets it. What is hers goes at once; what names her among the
 * things of others is looked for in portions, between records. Then the partition answers.
 */
final class Forget {
    /** Entries that are looked at in one step: about a millisecond. */
    private static final int PORTION = 200;

    private final PartitionState partition;
    private final Outbox outbox;
    private final int number;
    private final int partitions;

    /**
     * @param number of this partition
     * @param partitions how many there are
     */
    Forget(PartitionState partition, Outbox outbox, int number, int partitions) {
        this.partition = partition;
        this.outbox = outbox;
        this.number = number;
        this.partitions = partitions;
    }

    /** A recipient's holds are bounded, and what waits is shown without its texts where it is much. */
    void export(ExportRecipient asked, Instant now) {
        RecipientId recipient = asked.recipient();
        Map<String, List<JsonNode>> tables = new TreeMap<>();
        RecipientProfile profile = partition.profiles().find(recipient);
        tables.put("profile", profile == null ? List.of() : List.of(json(profile)));
        tables.put("memory", List.of(json(partition.memories().of(recipient))));
        List<JsonNode> holds = new ArrayList<>();
        for (HeldSlot slot : partition.holds().slots(recipient)) {
            partition.holds().oldest(recipient, slot, Integer.MAX_VALUE).forEach(item -> holds.add(json(item)));
        }
        tables.put("holds", holds);
        var parts = new ExportParts(asked.request(), Service.ROUTER_STREAM, now, outbox::reply);
        tables.forEach((table, rows) -> {
            parts.table(table);
            rows.forEach(row -> parts.add(table, row));
        });
        parts.end();
    }

    void erase(EraseRecipient wanted, Instant now) {
        RecipientId recipient = wanted.recipient();
        boolean owned = Partitions.of(recipient, partitions) == number;
        var left = new Erasure.Left(
                wanted.request(), wanted.round(), recipient, !owned, null, Map.of(), wanted.pseudonym());
        if (owned) {
            left = left.and("profile", partition.profiles().forget(recipient) ? 1 : 0)
                    .and("memory", partition.memories().forget(recipient) ? 1 : 0)
                    .and("holds", dropHolds(recipient, wanted.at()));
        }
        var erasure = new Erasure(ErasedId.of(recipient), wanted.at(), wanted.version(), 0, left);
        partition.erasures().put(later(erasure), now);
    }

    /** Of two requests for the same person the later counts. */
    private Erasure later(Erasure fresh) {
        Erasure known = partition.erasures().find(fresh.person());
        if (known == null || !known.at().isAfter(fresh.at())) {
            return fresh;
        }
        return new Erasure(fresh.person(), known.at(), Math.max(known.version(), fresh.version()), 0, fresh.left());
    }

    /** The outcomes carry the time of the erasure, so that whoever writes the ledger knows them for hers. */
    private int dropHolds(RecipientId recipient, Instant at) {
        Holds.Removal removal = partition.holds().removeAll(recipient);
        removal.items().forEach(one -> gone(recipient, one.channel(), one.item().event(), at));
        removal.counted()
                .forEach(one -> gone(recipient, one.channel(), one.counted().event(), at));
        return removal.items().size() + removal.counted().size();
    }

    private void gone(RecipientId recipient, Channel channel, EventUid event, Instant at) {
        outbox.outcome(Outcomes.of(event, recipient, at, List.of(Outcomes.suppressed(channel, Reason.ERASED))));
    }

    /** The next portion; at the end of the last one the answer. */
    void goOn(Due.OfErasure due, Instant now) {
        Erasures erasures = partition.erasures();
        Erasure erasure = erasures.find(due.person());
        if (erasure == null || erasure.due() != due.millis()) {
            partition.queue().remove(due);
            return;
        }
        Erasure.Left left = erasure.left();
        if (left == null) {
            erasures.forget(due);
            return;
        }
        Erasure.Left rest = left.membersSeen() ? others(left) : members(left);
        if (rest.membersSeen() && rest.cursor() == null && left.membersSeen()) {
            erasures.put(erasure.left(null), erasure.at().plus(Erasures.KEPT));
            outbox.reply(new Reply.Erased(
                    rest.request(), rest.round(), Service.ROUTER_STREAM, number, partitions, rest.removed(), now));
        } else {
            erasures.put(erasure.left(rest), now);
        }
    }

    private Erasure.Left members(Erasure.Left left) {
        String cursor = left.cursor();
        AudienceId after = cursor == null ? null : new AudienceId(cursor);
        Members.Forgotten done = partition.members().forget(left.recipient(), after, PORTION);
        AudienceId last = done.last();
        return left.and("memberships", done.removed()).at(last == null, last == null ? null : last.value());
    }

    private Erasure.Left others(Erasure.Left left) {
        ForgetPerson.Progress done = partition.forgetting().portion(left, bytes(left.cursor()), PORTION);
        byte[] cursor = done.cursor();
        String next = cursor == null ? null : Base64.getEncoder().encodeToString(cursor);
        return left.and("waiting_for_others", done.changed()).at(true, next);
    }

    private static byte @Nullable [] bytes(@Nullable String base64) {
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }

    private static JsonNode json(Object value) {
        return Json.mapper().valueToTree(value);
    }
}
