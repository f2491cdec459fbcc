package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoredTypesTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksOnceForATypeThatNobodyMade() {
        StoredTypes types = new StoredTypes(name -> {
            asked.incrementAndGet();
            return Optional.empty();
        });

        assertThat(types.find("hello")).isNull();
        assertThat(types.find("hello")).isNull();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aDatabaseThatIsAwayDeniesNoTypeAndIsNotAskedAgainAtOnce() {
        StoredTypes types = new StoredTypes(name -> {
            asked.incrementAndGet();
            throw new IllegalStateException("away");
        });

        for (String name : List.of("hello", "other")) {
            assertThatThrownBy(() -> types.find(name))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status().value()).isEqualTo(503));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatWasFoundIsKnownFromThenOn() {
        NotificationType hello =
                new NotificationType("hello", 3, null, null, null, Set.of(), null, null, false, false, List.of());
        KnownTypes known = new KnownTypes(new StoredTypes(name -> {
            asked.incrementAndGet();
            return Optional.of(hello);
        }));

        assertThat(known.findStored("hello")).isEqualTo(hello);
        assertThat(known.findStored("hello")).isEqualTo(hello);
        assertThat(known.find("hello")).isEqualTo(hello);
        assertThat(asked).hasValue(1);
    }
}
