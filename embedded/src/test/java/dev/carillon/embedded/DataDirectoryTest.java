package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temp;

    @Test
    void createsTheDirectoryForItsOwnerOnly() throws IOException {
        Path path = temp.resolve("a/b");
        try (DataDirectory directory = DataDirectory.open(path, 1)) {
            assertThat(directory.path()).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void opensAgainAfterACloseAndRaisesTheFormat() throws IOException {
        DataDirectory.open(temp, 1).close();
        DataDirectory.open(temp, 2).close();
        DataDirectory.open(temp, 2).close();
        assertThat(temp.resolve(DataDirectory.FORMAT_FILE)).hasContent("2");
        assertThat(refusal(temp, 1).reason()).isEqualTo(Reason.NEWER_VERSION);
    }

    @Test
    void refusesASecondOwnerAndNamesTheFirst() {
        try (DataDirectory first = DataDirectory.open(temp, 1)) {
            StartRefusedException refusal = refusal(first.path(), 1);
            assertThat(refusal.reason()).isEqualTo(Reason.IN_USE);
            assertThat(refusal)
                    .hasMessageContaining(temp.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aRefusalInTheSameProcessLeavesTheFirstItsLock() throws IOException {
        Path locks = Path.of("/proc/locks");
        assumeTrue(Files.isReadable(locks), "this system does not list its locks");
        try (DataDirectory first = DataDirectory.open(temp, 1)) {
            refusal(first.path(), 1);
            Object file = Files.getAttribute(temp.resolve(DataDirectory.LOCK_FILE), "unix:ino");
            String ours = " %d .*:%s ".formatted(ProcessHandle.current().pid(), file);
            assertThat(Files.readAllLines(locks)).anyMatch(line -> line.matches(".*POSIX.*WRITE" + ours + ".*"));
        }
    }

    @Test
    void refusesANewerFormat() {
        DataDirectory.open(temp, 2).close();
        StartRefusedException refusal = refusal(temp, 1);
        assertThat(refusal.reason()).isEqualTo(Reason.NEWER_VERSION);
        assertThat(refusal).hasMessageContaining("format 2, this one knows up to 1");
    }

    @Test
    void givesTheLockBackAfterARefusal() throws IOException {
        DataDirectory.open(temp, 2).close();
        refusal(temp, 1);
        Files.delete(temp.resolve(DataDirectory.FORMAT_FILE));
        DataDirectory.open(temp, 1).close();
    }

    @Test
    void saysThatADirectoryCannotBeCreated() {
        assumeTrue(Files.isDirectory(Path.of("/proc")), "this system has no /proc");
        StartRefusedException refusal = refusal(Path.of("/proc/nope"), 1);
        assertThat(refusal.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(refusal).hasMessageEndingWith("it does not exist and cannot be created in /proc.");
    }

    @Test
    void refusesAFileInPlaceOfTheDirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        StartRefusedException refusal = refusal(file, 1);
        assertThat(refusal.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(refusal).hasMessageContaining("it is not a directory");
        assertThat(refusal(file.resolve("below"), 1).reason()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void refusesADirectoryThatItMayNotEnter() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may enter every directory");
        Path closed = Files.createDirectory(
                temp.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        StartRefusedException refusal = refusal(closed, 1);
        assertThat(refusal.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(refusal).hasMessageContaining("permission denied");
    }

    @Test
    void refusesAFormatThatIsNoNumber() throws IOException {
        Files.writeString(temp.resolve(DataDirectory.FORMAT_FILE), "one\ntwo");
        StartRefusedException refusal = refusal(temp, 1);
        assertThat(refusal).hasMessageContaining("\"one two\"");
        assertThat(refusal.getMessage().lines()).hasSize(1);
    }

    private static StartRefusedException refusal(Path path, int format) {
        return catchThrowableOfType(StartRefusedException.class, () -> DataDirectory.open(path, format));
    }
}
