package dev.carillon.email.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchPlacesTest {
    private final FetchPlaces places = new FetchPlaces(4, 2);

    @Test
    void aHostThatKeepsItsPlacesLeavesTheOthersToOthers() throws InterruptedException {
        assertThat(take("slow")).isTrue();
        assertThat(take("slow")).isTrue();
        assertThat(take("slow")).isFalse();
        assertThat(take("quick")).isTrue();
        assertThat(take("third")).isTrue();
        assertThat(take("fourth")).isFalse();

        places.giveBack("slow");
        assertThat(take("slow")).isTrue();
    }

    @Test
    void whoWaitsGetsThePlaceThatIsGivenBack() throws InterruptedException {
        assertThat(take("host")).isTrue();
        assertThat(take("host")).isTrue();
        Thread giver = Thread.startVirtualThread(() -> places.giveBack("host"));

        assertThat(places.take("host", Duration.ofSeconds(30))).isTrue();
        giver.join();
    }

    private boolean take(String host) throws InterruptedException {
        return places.take(host, Duration.ZERO);
    }
}
