package dev.carillon.router.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** The layout is part of every changelog: these bytes never change. */
class HoldKeysTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final UUID ITEM = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final EventUid EVENT = new EventUid(ITEM);

    @Test
    void theLayoutIsFixed() {
        assertThat(hex(HoldKeys.slot(ADA, 258))).isEqualTo("53" + "61646100" + "0000000000000102");
        assertThat(hex(HoldKeys.slotsOf(ADA))).isEqualTo("53" + "61646100");
        assertThat(hex(HoldKeys.item(ADA, 258, ITEM)))
                .isEqualTo("49" + "61646100" + "0000000000000102" + "00112233445566778899aabbccddeeff");
        assertThat(hex(HoldKeys.itemsIn(ADA, 258))).isEqualTo("49" + "61646100" + "0000000000000102");
        assertThat(hex(HoldKeys.itemsOf(ADA))).isEqualTo("49" + "61646100");
        assertThat(hex(HoldKeys.counted(ADA, 258, ITEM, null)))
                .isEqualTo("43" + "61646100" + "0000000000000102" + "00112233445566778899aabbccddeeff");
        assertThat(hex(HoldKeys.counted(ADA, 258, ITEM, Instant.ofEpochSecond(3, 2))))
                .isEqualTo("43" + "61646100" + "0000000000000102" + "00112233445566778899aabbccddeeff"
                        + "0000000000000003" + "00000002");
        assertThat(hex(HoldKeys.due(new Due.OfSlot(1, ADA, 258))))
                .isEqualTo("44" + "0000000000000001" + "61646100" + "0000000000000102");
        assertThat(hex(HoldKeys.due(new Due.OfJob(1, EVENT))))
                .isEqualTo("44" + "0000000000000001" + "00" + "00112233445566778899aabbccddeeff");
        assertThat(hex(HoldKeys.body(EVENT))).isEqualTo("42" + "00112233445566778899aabbccddeeff");
        assertThat(hex(HoldKeys.bodyReferences(EVENT))).isEqualTo("42" + "00112233445566778899aabbccddeeff" + "01");
        assertThat(hex(HoldKeys.job(EVENT))).isEqualTo("4a" + "00112233445566778899aabbccddeeff");
        assertThat(hex(HoldKeys.mark(EVENT))).isEqualTo("58" + "00112233445566778899aabbccddeeff");
    }

    @Test
    void whatIsWrittenAsDueIsReadAsDue() {
        List<Due> all = List.of(
                new Due.OfSlot(1_795_226_066_367L, new RecipientId("a".repeat(128)), -1),
                new Due.OfSlot(0, ADA, Long.MIN_VALUE),
                new Due.OfJob(Long.MAX_VALUE, EVENT));

        assertThat(all)
                .allSatisfy(
                        due -> assertThat(HoldKeys.readDue(HoldKeys.due(due))).isEqualTo(due));
    }

    @Test
    void whenTheCountedWereShownIsReadAsItWasWritten() {
        for (Instant shownAt : List.of(Instant.parse("2026-11-20T10:00:00.123456789Z"), Instant.ofEpochMilli(-1))) {
            assertThat(HoldKeys.shownAt(HoldKeys.counted(ADA, -1, ITEM, shownAt), ADA))
                    .isEqualTo(shownAt);
        }
        assertThat(HoldKeys.shownAt(HoldKeys.counted(ADA, -1, ITEM, null), ADA)).isNull();
    }

    @Test
    void theKeyOfASlotNamesItsEntryInTheDueQueue() {
        var due = new Due.OfSlot(7, new RecipientId("ada"), Long.MIN_VALUE);

        assertThat(HoldKeys.dueOfSlot(HoldKeys.slot(ADA, Long.MIN_VALUE), 7)).isEqualTo(due);
    }

    @Test
    void dueKeysSortByTime() {
        List<Bytes> keys = Stream.of(
                        new Due.OfSlot(1, new RecipientId("zoe"), 9),
                        new Due.OfJob(2, EVENT),
                        new Due.OfSlot(2, ADA, -1),
                        new Due.OfSlot(256, new RecipientId("Ada"), 0))
                .map(due -> Bytes.wrap(HoldKeys.due(due)))
                .toList();

        assertThat(keys).isSorted();
        assertThat(keys).allMatch(key -> key.compareTo(Bytes.wrap(HoldKeys.dueEnd())) < 0);
    }

    @Test
    void nobodysKeysBeginWithThoseOfAnother() {
        assertThat(hex(HoldKeys.slot(new RecipientId("ada2"), 1))).doesNotStartWith(hex(HoldKeys.slotsOf(ADA)));
        assertThat(HoldKeys.slotOfItem(HoldKeys.item(ADA, -7, ITEM))).isEqualTo(-7);
        assertThat(HoldKeys.slotOfSlot(HoldKeys.slot(ADA, -7))).isEqualTo(-7);
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
