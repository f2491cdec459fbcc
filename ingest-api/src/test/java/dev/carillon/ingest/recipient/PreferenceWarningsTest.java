package dev.carillon.ingest.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.FieldError;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreferenceWarningsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void warnsOfAMuteThatIsLongerThanAnythingWaits() {
        assertThat(warningsOf("2026-12-28T10:00:00Z")).isEmpty();
        assertThat(warningsOf("2026-12-28T10:00:01Z"))
                .extracting(FieldError::field)
                .containsExactly("muted_until");
    }

    private static List<FieldError> warningsOf(String mutedUntil) {
        byte[] json = "{\"muted_until\":\"%s\"}".formatted(mutedUntil).getBytes(StandardCharsets.UTF_8);
        PreferenceDocument document = Json.read(json, PreferenceDocument.class);
        return new PreferenceWarnings(new Empty(), Clock.fixed(NOW, ZoneOffset.UTC)).of(document, document);
    }

    private static final class Empty implements TypeCatalogue {
        @Override
        public @Nullable NotificationType find(String name) {
            return null;
        }

        @Override
        public @Nullable NotificationType findStored(String name) {
            return null;
        }

        @Override
        public boolean hasCategory(String category) {
            return false;
        }

        @Override
        public List<NotificationType> all() {
            return List.of();
        }
    }
}
