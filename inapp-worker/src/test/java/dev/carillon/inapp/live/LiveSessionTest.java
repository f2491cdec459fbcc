package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveSessionTest {
    private final FakeOutlet outlet = new FakeOutlet();
    private final LiveSession session = new LiveSession(1, new RecipientId("ada"), null, 100, outlet);

    @Test
    void whatArrivesBeforeTheBeginningFollowsItOnce() {
        session.offer(5, frame("5"));
        session.offer(6, frame("6"));
        session.begin(5, List.of(frame("head")));
        session.offer(6, frame("6"));
        session.offer(7, frame("7"));
        session.flush();

        assertThat(outlet.text()).isEqualTo("head67");
    }

    @Test
    void theIdOfAToldEventCoversEverythingBeforeIt() {
        session.begin(3, List.of());
        session.offer(8, frame("8"));
        session.tell(5, last -> frame("at" + last));
        session.offer(5, frame("late"));
        session.tell(9, last -> frame("at" + last));
        session.flush();

        assertThat(outlet.text()).isEqualTo("8at8at9");
    }

    @Test
    void aSlowReaderGetsAReasonInsteadOfWhatWaits() {
        session.begin(0, List.of());
        outlet.stick();
        session.offer(1, frame("under way "));
        session.flush();
        for (int i = 2; i < 20; i++) {
            session.offer(i, frame("waits and waits "));
        }
        session.flush();
        assertThat(outlet.isClosed()).isFalse();

        session.written();
        session.written();

        assertThat(outlet.text())
                .startsWith("under way event: close")
                .contains("slow_reader")
                .doesNotContain("waits");
        assertThat(outlet.isClosed()).isTrue();
    }

    @Test
    void aReaderThatKeepsUpIsNeverSlow() {
        session.begin(0, List.of());
        for (int i = 1; i < 1_000; i++) {
            session.offer(i, frame("twenty bytes of text"));
            session.flush();
        }

        assertThat(outlet.isClosed()).isFalse();
        assertThat(outlet.text()).hasSize(999 * 20);
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
