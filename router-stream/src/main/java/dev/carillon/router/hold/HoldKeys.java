package dev.carillon.router.hold;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the store {@code holds}. The first byte names the table; numbers are big-endian, so that keys sort by
 * them; a recipient is the UTF-8 of her id and 0x00.
 *
 * <pre>
 *   S recipient slot(8)            a slot
 *   I recipient slot(8) item(16)   an item in it
 *   C recipient slot(8) notification(16)   one that is only counted in it; then when it went to the feed, where it did:
 *                                  seconds(8) nanoseconds(4)
 *   D due(8) recipient slot(8)     when the slot is looked at next
 *   D due(8) 0x00 event(16)        when the job of an event is looked at next
 *   D due(8) 0x00 event(16) 0x01   when the mark of a cancelled event is forgotten
 *   B event(16)                    a body that several items share
 *   B event(16) 0x01               how many do
 *   J event(16)                    a job
 *   D due(8) 0x00 person(16) 0x02   when an erasure is looked at next
 *   E person(16)                   somebody who was erased
 *   X event(16)                    the mark of a cancelled event
 *   X event(16) recipient          one of those for whom alone it is cancelled
 * </pre>
 */
final class HoldKeys {
    private static final byte SLOT = 'S';
    private static final byte ITEM = 'I';
    private static final byte COUNTED = 'C';
    private static final byte DUE = 'D';
    private static final byte BODY = 'B';
    private static final byte JOB = 'J';
    private static final byte MARK = 'X';
    private static final byte ERASED = 'E';

    /** The tables in which somebody may be named who does not own the entry; in the order of their keys. */
    static final byte[] NAMING = {BODY, ITEM, JOB, MARK};

    /** Length of the due queue's entries for marks and erasures: that for a job, and a byte that tells them apart. */
    private static final int OF_MARK = 1 + Long.BYTES + 1 + 16 + 1;

    private static final int OF_INSTANT = Long.BYTES + Integer.BYTES;

    private HoldKeys() {}

    static byte[] slot(RecipientId recipient, long slot) {
        byte[] id = utf8(recipient);
        return owned(SLOT, id, Long.BYTES).putLong(slot).array();
    }

    static byte[] slotsOf(RecipientId recipient) {
        return owned(SLOT, utf8(recipient), 0).array();
    }

    static byte[] allSlots() {
        return new byte[] {SLOT};
    }

    /** Behind the last slot. */
    static byte[] slotsEnd() {
        return new byte[] {SLOT + 1};
    }

    static byte[] item(RecipientId recipient, long slot, UUID item) {
        ByteBuffer key = owned(ITEM, utf8(recipient), Long.BYTES + 16).putLong(slot);
        return putUuid(key, item).array();
    }

    static byte[] itemsIn(RecipientId recipient, long slot) {
        return owned(ITEM, utf8(recipient), Long.BYTES).putLong(slot).array();
    }

    static byte[] itemsOf(RecipientId recipient) {
        return owned(ITEM, utf8(recipient), 0).array();
    }

    /** @param shownAt when it went to the feed; null where it has not, which gives what the keys of the others begin with */
    static byte[] counted(RecipientId recipient, long slot, UUID notification, @Nullable Instant shownAt) {
        int more = Long.BYTES + 16 + (shownAt == null ? 0 : OF_INSTANT);
        ByteBuffer key = owned(COUNTED, utf8(recipient), more).putLong(slot);
        return putInstant(putUuid(key, notification), shownAt).array();
    }

    /** When what the key of a counted one names went to the feed; null where it had not. */
    static @Nullable Instant shownAt(byte[] countedKey, RecipientId recipient) {
        int never = 1 + utf8(recipient).length + 1 + Long.BYTES + 16;
        if (countedKey.length == never) {
            return null;
        }
        ByteBuffer shown = ByteBuffer.wrap(countedKey, never, OF_INSTANT);
        return Instant.ofEpochSecond(shown.getLong(), shown.getInt());
    }

    static byte[] countedIn(RecipientId recipient, long slot) {
        return owned(COUNTED, utf8(recipient), Long.BYTES).putLong(slot).array();
    }

    /** The slot that the key of an item names. */
    static long slotOfItem(byte[] itemKey) {
        return ByteBuffer.wrap(itemKey, itemKey.length - 16 - Long.BYTES, Long.BYTES)
                .getLong();
    }

    /** The place in its slot that the key of an item names. */
    static UUID placeOfItem(byte[] itemKey) {
        ByteBuffer place = ByteBuffer.wrap(itemKey, itemKey.length - 16, 16);
        return new UUID(place.getLong(), place.getLong());
    }

    /** The slot that the key of a slot names. */
    static long slotOfSlot(byte[] slotKey) {
        return ByteBuffer.wrap(slotKey, slotKey.length - Long.BYTES, Long.BYTES).getLong();
    }

    /** The due queue's entry at {@code millis} for the slot that the key of a slot names. */
    static Due.OfSlot dueOfSlot(byte[] slotKey, long millis) {
        int length = slotKey.length - 1 - 1 - Long.BYTES;
        RecipientId recipient = new RecipientId(new String(slotKey, 1, length, StandardCharsets.UTF_8));
        return new Due.OfSlot(millis, recipient, slotOfSlot(slotKey));
    }

    static byte[] due(Due due) {
        return switch (due) {
            case Due.OfSlot slot -> {
                byte[] id = utf8(slot.recipient());
                yield ByteBuffer.allocate(1 + Long.BYTES + id.length + 1 + Long.BYTES)
                        .put(DUE)
                        .putLong(slot.millis())
                        .put(id)
                        .put((byte) 0)
                        .putLong(slot.slot())
                        .array();
            }
            case Due.OfJob job -> {
                ByteBuffer key = ByteBuffer.allocate(1 + Long.BYTES + 1 + 16)
                        .put(DUE)
                        .putLong(job.millis())
                        .put((byte) 0);
                yield putUuid(key, job.event().value()).array();
            }
            case Due.OfMark mark -> {
                ByteBuffer key = ByteBuffer.allocate(OF_MARK)
                        .put(DUE)
                        .putLong(mark.millis())
                        .put((byte) 0);
                yield putUuid(key, mark.event().value()).put((byte) 1).array();
            }
            case Due.OfErasure erasure -> {
                ByteBuffer key = ByteBuffer.allocate(OF_MARK)
                        .put(DUE)
                        .putLong(erasure.millis())
                        .put((byte) 0);
                yield putUuid(key, erasure.person()).put((byte) 2).array();
            }
        };
    }

    /** Where the entries that are due at {@code millis} or later begin. */
    static byte[] dueFrom(long millis) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(DUE).putLong(millis).array();
    }

    /** Behind the last entry of the due queue. */
    static byte[] dueEnd() {
        return new byte[] {DUE + 1};
    }

    static Due readDue(byte[] key) {
        ByteBuffer buffer = ByteBuffer.wrap(key, 1, key.length - 1);
        long millis = buffer.getLong();
        if (buffer.get(buffer.position()) == 0) {
            buffer.get();
            UUID what = new UUID(buffer.getLong(), buffer.getLong());
            if (key.length == OF_MARK && buffer.get() == 2) {
                return new Due.OfErasure(millis, what);
            }
            EventUid event = new EventUid(what);
            return key.length == OF_MARK ? new Due.OfMark(millis, event) : new Due.OfJob(millis, event);
        }
        int start = 1 + Long.BYTES;
        int length = key.length - start - 1 - Long.BYTES;
        RecipientId recipient = new RecipientId(new String(key, start, length, StandardCharsets.UTF_8));
        return new Due.OfSlot(millis, recipient, slotOfSlot(key));
    }

    static byte[] body(EventUid event) {
        return ofEvent(BODY, event, 0).array();
    }

    static byte[] bodyReferences(EventUid event) {
        return ofEvent(BODY, event, 1).put((byte) 1).array();
    }

    static byte[] erased(UUID person) {
        return putUuid(ByteBuffer.allocate(1 + 16).put(ERASED), person).array();
    }

    static byte[] allErased() {
        return new byte[] {ERASED};
    }

    /** The recipient that the key of an item names. */
    static RecipientId recipientOfItem(byte[] itemKey) {
        int length = itemKey.length - 1 - 1 - Long.BYTES - 16;
        return new RecipientId(new String(itemKey, 1, length, StandardCharsets.UTF_8));
    }

    /** Whether the key of a body is that of the number of its references. */
    static boolean isReferences(byte[] bodyKey) {
        return bodyKey.length > 1 + 16;
    }

    /** Whether the key of a mark cancels its event for {@code recipient} alone. */
    static boolean isMarkFor(byte[] markKey, RecipientId recipient) {
        byte[] id = utf8(recipient);
        return Arrays.equals(markKey, 1 + 16, markKey.length, id, 0, id.length);
    }

    static byte[] job(EventUid event) {
        return ofEvent(JOB, event, 0).array();
    }

    static byte[] mark(EventUid event) {
        return ofEvent(MARK, event, 0).array();
    }

    static byte[] mark(EventUid event, RecipientId recipient) {
        byte[] id = utf8(recipient);
        return ofEvent(MARK, event, id.length).put(id).array();
    }

    private static ByteBuffer owned(byte table, byte[] recipient, int more) {
        return ByteBuffer.allocate(1 + recipient.length + 1 + more)
                .put(table)
                .put(recipient)
                .put((byte) 0);
    }

    private static ByteBuffer ofEvent(byte table, EventUid event, int more) {
        return putUuid(ByteBuffer.allocate(1 + 16 + more).put(table), event.value());
    }

    private static ByteBuffer putUuid(ByteBuffer buffer, UUID uuid) {
        return buffer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    /** Puts nothing where there is none. */
    private static ByteBuffer putInstant(ByteBuffer buffer, @Nullable Instant instant) {
        return instant == null
                ? buffer
                : buffer.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static byte[] utf8(RecipientId recipient) {
        return recipient.value().getBytes(StandardCharsets.UTF_8);
    }
}
