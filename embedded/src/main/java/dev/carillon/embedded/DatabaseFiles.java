package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** What lies in the directory of an embedded PostgreSQL. */
record DatabaseFiles(Path directory) {

    /** The format of the directory; rises when an older Carillon can no longer read what this one writes. */
    static final int FORMAT = 1;

    /** PostgreSQL reads the data of its own major version only. */
    static final int POSTGRES_MAJOR = 18;

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    private Path password() {
        return directory.resolve("password");
    }

    void checkVersion() throws IOException {
        Path file = data().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(POSTGRES_MAJOR))) {
            throw new StartRefusedException(
                    Reason.NEWER_VERSION,
                    "The data directory %s belongs to PostgreSQL %s, this Carillon has %d; use the Carillon that wrote it, or choose another directory."
                            .formatted(directory, Sentences.of(found), POSTGRES_MAJOR));
        }
    }

    /** Makes the cluster at the first start; returns the password of its user. */
    String prepare(PostgresPrograms programs, PostgresUser user, boolean durable) throws IOException {
        if (!isComplete()) {
            initialise(programs, user, durable);
        }
        user.own(data());
        if (!Files.exists(log())) {
            OwnerOnly.write(log(), "");
        }
        user.own(log());
        return Files.readString(password()).strip();
    }

    private boolean isComplete() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /** Works in a directory beside the final one, so that a start which is killed half-way leaves nothing to trip over. */
    private void initialise(PostgresPrograms programs, PostgresUser user, boolean durable) throws IOException {
        Path fresh = directory.resolve("data.new");
        TemporaryDirectory.delete(fresh);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        OwnerOnly.write(password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        OwnerOnly.createDirectories(fresh);
        user.own(fresh);
        programs.initialise(fresh, password(), durable);
        Files.move(fresh, data());
    }
}
