package dev.carillon.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path temp;

    @Test
    void areTheSameAfterARestartAndForTheOwnerOnly() throws IOException {
        Secrets first = Secrets.in(temp);
        assertThat(Secrets.in(temp)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void areAddedWhereALaterVersionNeedsMore() throws IOException {
        Files.writeString(temp.resolve("secrets.properties"), "carillon.auth.jwt-secret=kept\n");
        assertThat(Secrets.in(temp).properties())
                .containsEntry("carillon.auth.jwt-secret", "kept")
                .containsKey("carillon.ingest.bootstrap-key");
        assertThat(Secrets.in(temp)).isEqualTo(Secrets.in(temp));
    }

    @Test
    void haveTheLengthsThatTheirUsersWant() {
        Secrets secrets = Secrets.fresh();
        assertThat(decoded(secrets, "carillon.push.vapid.public-key"))
                .hasSize(65)
                .startsWith((byte) 4);
        assertThat(decoded(secrets, "carillon.push.vapid.private-key")).hasSize(32);
        assertThat(secrets.properties().get("carillon.auth.jwt-secret")).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void stayOutOfLogs() {
        Secrets secrets = Secrets.fresh();
        assertThat(secrets.properties().values()).noneMatch(secrets.toString()::contains);
    }

    @Test
    void nameTheFileThatCannotBeRead() throws IOException {
        Files.createDirectory(temp.resolve("secrets.properties"));
        assertThatThrownBy(() -> Secrets.in(temp))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("secrets.properties");
    }

    private static byte[] decoded(Secrets secrets, String name) {
        return Base64.getUrlDecoder().decode(secrets.properties().getOrDefault(name, ""));
    }
}
