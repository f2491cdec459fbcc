package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * What this process holds, by the real paths. A process loses its lock as soon as it closes any other channel to the
     * same file (POSIX, fcntl), so a file that it has locked is not even opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path held;
    private final FileChannel channel;

    private DataDirectory(Path path, Path held, FileChannel channel) {
        this.path = path;
        this.held = held;
        this.channel = channel;
    }

    /**
     * Creates the directory where it is missing, takes its lock and checks its format.
     *
     * @throws StartRefusedException where it is in use, unreadable or of a later format
     */
    public static DataDirectory open(Path directory, int format) {
        Path path = directory.toAbsolutePath().normalize();
        Path held = null;
        FileChannel channel = null;
        try {
            createReadable(path);
            held = hold(path);
            channel = FileChannel.open(
                    path.resolve(LOCK_FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            lock(path, channel);
            checkFormat(path, format);
            return new DataDirectory(path, held, channel);
        } catch (IOException e) {
            release(held, channel);
            throw unreadable(path, e);
        } catch (StartRefusedException e) {
            release(held, channel);
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        release(held, channel);
    }

    private static Path hold(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!HELD.add(real)) {
            throw inUse(path, " (process " + ProcessHandle.current().pid() + ")");
        }
        return real;
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
        if (channel.tryLock() == null) {
            throw inUse(path, holder(channel));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid())));
        channel.force(true);
    }

    private static StartRefusedException inUse(Path path, String holder) {
        return new StartRefusedException(
                Reason.IN_USE,
                "The data directory %s is in use by another running Carillon%s; stop that one first, or choose another directory."
                        .formatted(path, holder));
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

    private static void release(@Nullable Path held, @Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Only the lock file is behind it, and the lock ends with the process at the latest.
            }
        }
        if (held != null) {
            HELD.remove(held);
        }
    }
}
