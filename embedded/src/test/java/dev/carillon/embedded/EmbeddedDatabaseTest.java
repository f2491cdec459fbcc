package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path temp;

    @Test
    void keepsItsDataOverARestartAndSyncsEveryCommit() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            execute(database, "CREATE TABLE t (v text)");
            execute(database, "INSERT INTO t VALUES ('kept')");
            assertThat(value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(value(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(value(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(value(database, "SHOW server_version")).startsWith("18");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            assertThat(value(database, "SELECT v FROM t")).isEqualTo("kept");
        }
    }

    @Test
    void recoversAfterACrashOnTheSamePort() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.temporary())) {
            execute(database, "CREATE TABLE t (v text)");
            execute(database, "INSERT INTO t VALUES ('kept')");
            database.kill();
            assertThatThrownBy(() -> value(database, "SELECT v FROM t")).isInstanceOf(SQLException.class);
            database.start();
            assertThat(value(database, "SELECT v FROM t")).isEqualTo("kept");
        }
    }

    @Test
    void runsForRootAlsoWhereNoUserNamespaceIsAllowed() throws SQLException {
        assumeTrue(new UnixSystem().getUid() == 0, "only root needs another user");
        DatabaseSettings settings = DatabaseSettings.in(temp).notDurable();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings, PostgresUser.NOBODY_ELSE)) {
            execute(database, "CREATE TABLE t (v text)");
            execute(database, "INSERT INTO t VALUES ('kept')");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings, PostgresUser.detect())) {
            assertThat(value(database, "SELECT v FROM t")).isEqualTo("kept");
        }
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftRunning() throws Exception {
        try (ChildServer child = ChildServer.start(DatabaseMain.class, temp)) {
            child.kill();
            Postmaster orphan = Postmaster.of(new DatabaseFiles(temp).data()).orElseThrow();
            try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(value(database, "SELECT 'works'")).isEqualTo("works");
            }
        }
    }

    @Test
    void startsOverALeftoverPidFileWhoseNumberAnotherProgramHas() throws Exception {
        EmbeddedDatabase.start(DatabaseSettings.in(temp)).close();
        String ours = Long.toString(ProcessHandle.current().pid());
        Files.writeString(
                new DatabaseFiles(temp).data().resolve("postmaster.pid"), ours + "\n" + temp + "\n1000000000\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            assertThat(value(database, "SELECT 'works'")).isEqualTo("works");
        }
    }

    @Test
    void makesFurtherDatabases() throws SQLException {
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(DatabaseSettings.temporary().notDurable())) {
            database.createDatabase("another_1");
            try (Connection connection = DriverManager.getConnection(
                    database.jdbcUrl("another_1"), EmbeddedDatabase.USER, database.password())) {
                assertThat(connection.getCatalog()).isEqualTo("another_1");
            }
            assertThatThrownBy(() -> database.createDatabase("a; DROP DATABASE carillon"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void asksForThePasswordThatOnlyTheOwnerCanRead() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), EmbeddedDatabase.USER, "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesADirectoryInUse() {
        try (EmbeddedDatabase running = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            assertThat(running.port()).isPositive();
            assertThat(refusal().reason()).isEqualTo(Reason.IN_USE);
        }
    }

    @Test
    void refusesTheDataOfAnotherPostgres() throws IOException {
        Path data = Files.createDirectories(new DatabaseFiles(temp).data());
        Files.writeString(data.resolve("PG_VERSION"), "19\n");
        assertThat(refusal().reason()).isEqualTo(Reason.NEWER_VERSION);
        assertThat(refusal()).hasMessageContaining("PostgreSQL 19, this Carillon has 18");
    }

    @Test
    void saysTheServersLastWordsWhereItDoesNotStart() throws IOException {
        EmbeddedDatabase.start(DatabaseSettings.in(temp)).close();
        Files.delete(new DatabaseFiles(temp).data().resolve("global/pg_control"));
        StartRefusedException refusal = refusal();
        assertThat(refusal.reason()).isEqualTo(Reason.FAILED);
        assertThat(refusal.getMessage().lines()).hasSize(1);
        assertThat(refusal).hasMessageContaining("pg_control");
    }

    @Test
    void repeatsAFirstStartThatWasKilledHalfWay() throws Exception {
        Path halfDone = Files.createDirectories(temp.resolve("data.new"));
        Files.writeString(halfDone.resolve("PG_VERSION"), "18\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.in(temp))) {
            assertThat(value(database, "SELECT 'works'")).isEqualTo("works");
        }
    }

    private StartRefusedException refusal() {
        return catchThrowableOfType(
                StartRefusedException.class,
                () -> EmbeddedDatabase.start(DatabaseSettings.in(temp)).close());
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), EmbeddedDatabase.USER, database.password());
    }
}
