package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {

    private final String prefix = "carillon-test-" + UUID.randomUUID() + "-";

    @Test
    void sweepsOnlyWhatAKilledProcessLeftLongAgo() throws IOException {
        Path abandoned = locked();
        Path young = locked();
        Path used = locked();
        Path fresh = TemporaryDirectory.create(prefix);
        age(abandoned, fresh);
        age(used, fresh);
        List<Path> stopped = new ArrayList<>();
        try (DataDirectory living = DataDirectory.open(used, 1)) {
            age(living.path(), fresh);
            TemporaryDirectory.sweep(prefix, fresh, stopped::add);
        }
        assertThat(stopped).containsExactly(abandoned);
        assertThat(abandoned).doesNotExist();
        for (Path kept : List.of(young, used, fresh)) {
            assertThat(kept).isDirectory();
            TemporaryDirectory.delete(kept);
        }
    }

    private Path locked() {
        Path directory = TemporaryDirectory.create(prefix);
        DataDirectory.open(directory, 1).close();
        return directory;
    }

    private static void age(Path directory, Path fresh) throws IOException {
        Instant old = Files.getLastModifiedTime(fresh).toInstant().minus(Duration.ofHours(1));
        Files.setLastModifiedTime(directory.resolve(DataDirectory.LOCK_FILE), FileTime.from(old));
    }
}
