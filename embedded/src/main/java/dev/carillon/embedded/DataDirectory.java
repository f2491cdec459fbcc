package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one process at a time owns, with the number of the format that it is written in.
 *
 * <p>The owner holds the lock of {@code carillon.lock} until it closes this or dies; the operating system releases the
 * lock of a killed process. A new directory gets {@code carillon.format}; a later number in it is refused.
 */
public final class DataDirectory implements AutoCloseable {

    static final String LOCK_FILE = "carillon.lock";
    static final String FORMAT_FILE = "carillon.format";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory where it is missing, takes its lock and checks its format.
     *
     * @throws StartRefusedException where it is in use, unreadable or of a later format
     */
    public static DataDirectory open(Path directory, int format) {
        Path path = directory.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            createReadable(path);
            channel = FileChannel.open(
                    path.resolve(LOCK_FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            lock(path, channel);
            checkFormat(path, format);
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            close(channel);
            throw unreadable(path, e);
        } catch (StartRefusedException e) {
            close(channel);
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void createReadable(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IOException("it is not a directory");
        }
        if (!Files.exists(path)) {
            OwnerOnly.createDirectories(path);
        }
        if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
            throw new IOException("permission denied");
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            lock = null;
        }
        if (lock == null) {
            throw new StartRefusedException(
                    Reason.IN_USE,
                    "The data directory %s is in use by another running Carillon%s; stop that one first, or choose another directory."
                            .formatted(path, holder(channel)));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid())));
        channel.force(true);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    private static void checkFormat(Path path, int known) throws IOException {
        Path file = path.resolve(FORMAT_FILE);
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            Files.writeString(file, known + "\n");
            return;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException(
                    "%s should hold a number but holds \"%s\"".formatted(FORMAT_FILE, Sentences.of(text)));
        }
        int found = Integer.parseInt(text);
        if (found < known) {
            Files.writeString(file, known + "\n");
        } else if (found > known) {
            throw new StartRefusedException(
                    Reason.NEWER_VERSION,
                    "The data directory %s was written by a newer Carillon (format %s, this one knows up to %d); start the newer one, or choose another directory."
                            .formatted(path, text, known));
        }
    }

    private static StartRefusedException unreadable(Path path, IOException e) {
        String why = switch (e) {
            case FileAlreadyExistsException _ -> "it is not a directory";
            case NoSuchFileException _ -> "it does not exist and cannot be created in " + path.getParent();
            default -> Sentences.of(e);
        };
        return new StartRefusedException(
                Reason.UNREADABLE,
                "The data directory %s cannot be used by user %s: %s."
                        .formatted(path, System.getProperty("user.name"), why),
                e);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // Only the lock file is behind it, and the lock ends with the process at the latest.
        }
    }
}
