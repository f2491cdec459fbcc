package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LiveSessionTest {
    private static final Uuid TOPIC = Uuid.randomUuid();
    private static final Pattern DATA = Pattern.compile("data: (.*)");
    private static final Pattern ID = Pattern.compile("id: [^.]+\\.0\\.(\\d+)");

    private final FakeOutlet outlet = new FakeOutlet();
    private final AtomicLongArray delivered = new AtomicLongArray(1);
    private final LiveSession session =
            new LiveSession(1, Listening.to(new RecipientId("ada"), null, 1), null, 200, outlet);

    @Test
    void whatArrivesBeforeTheBeginningFollowsItOnce() {
        offer(5, "5");
        offer(6, "6");
        session.begin(TOPIC, List.of(new LiveSession.Head(new long[] {5}, event("head"))), new long[] {5});
        offer(6, "6");
        offer(7, "7");
        session.flush();

        assertThat(data()).isEqualTo("head 6 7");
    }

    @Test
    void theIdOfAToldEventCoversEverythingBeforeIt() {
        session.begin(TOPIC, List.of(), new long[] {3});
        offer(8, "8");
        tell(5);
        offer(5, "late");
        tell(9);
        session.flush();

        assertThat(data()).isEqualTo("8 told told");
        assertThat(ID.matcher(outlet.text()).results().map(id -> id.group(1))).containsExactly("8", "8", "9");
    }

    @Test
    void aSlowReaderGetsAReasonInsteadOfWhatWaits() {
        session.begin(TOPIC, List.of(), new long[] {0});
        outlet.stick();
        offer(1, "under way");
        session.flush();
        for (int i = 2; i < 20; i++) {
            offer(i, "waits and waits");
        }
        session.flush();
        assertThat(outlet.isClosed()).isFalse();

        session.written();
        session.written();

        assertThat(outlet.text())
                .contains("under way")
                .contains("event: close")
                .contains("slow_reader")
                .doesNotContain("waits");
        assertThat(outlet.isClosed()).isTrue();
    }

    /** It sends, and reads none of the answers. */
    @Test
    void whatIsToldToASlowReaderIsBoundedToo() {
        session.begin(TOPIC, List.of(), new long[] {0});
        outlet.stick();
        for (int i = 1; i < 20; i++) {
            tell(i);
            session.flush();
        }
        session.written();

        assertThat(outlet.text()).containsOnlyOnce("told").contains("slow_reader");
    }

    @Test
    void whatArrivesBeforeTheBeginningIsBoundedToo() {
        for (int i = 6; i < 40; i++) {
            offer(i, "waits and waits");
        }
        session.begin(TOPIC, List.of(new LiveSession.Head(new long[] {5}, event("head"))), new long[] {5});
        session.flush();

        assertThat(data()).isEqualTo("{\"reason\":\"slow_reader\",\"retry_after_ms\":0}");
        assertThat(outlet.isClosed()).isTrue();
    }

    /** However much it is: who comes back for it would get the same again. */
    @Test
    void whatAClientBeginsWithIsNotHeldAgainstIt() {
        outlet.stick();
        LiveEvent large = event("x".repeat(1_000));
        session.begin(TOPIC, List.of(new LiveSession.Head(new long[] {5}, large)), new long[] {5});
        session.flush();
        tell(6);
        session.written();

        assertThat(outlet.text()).endsWith("data: told\n\n");
        tell(7);
        tell(8);
        tell(9);
        tell(10);
        session.written();
        assertThat(outlet.text()).contains("slow_reader");
    }

    @Test
    void onlyAPingThatIsNotWrittenIsAHeartbeatThatFails() {
        session.begin(TOPIC, List.of(), new long[] {0});
        ping();
        session.flush();
        outlet.stick();
        offer(1, "under way");
        session.flush();
        session.unwritten();
        assertThat(session.failedHeartbeat()).isNull();

        ping();
        session.unwritten();
        assertThat(session.failedHeartbeat()).isEqualTo(HeartbeatFailure.UNWRITTEN);
    }

    private void ping() {
        session.tell(TOPIC, LiveEvents.ping(Instant.EPOCH, null), delivered);
    }

    @Test
    void aReaderThatKeepsUpIsNeverSlow() {
        session.begin(TOPIC, List.of(), new long[] {0});
        for (int i = 1; i < 1_000; i++) {
            offer(i, "twenty bytes of text");
            session.flush();
        }

        assertThat(outlet.isClosed()).isFalse();
        assertThat(DATA.matcher(outlet.text()).results()).hasSize(999);
    }

    private void offer(long offset, String text) {
        session.offer(0, offset, new Frames(TOPIC, event(text)), delivered);
    }

    private void tell(long deliveredUpTo) {
        delivered.set(0, deliveredUpTo);
        session.tell(TOPIC, event("told"), delivered);
    }

    private String data() {
        return DATA.matcher(outlet.text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
    }

    private static LiveEvent event(String text) {
        return new LiveEvent("notification", text.getBytes(StandardCharsets.UTF_8));
    }
}
