package dev.carillon.standalone.inbox;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caught mails as one JSON file each, named by their number. A mail that cannot be written or read is told in the log
 * and lost: the inbox is for looking, the pipeline's own ledger knows what was sent.
 */
record MailFiles(Path directory) {

    private static final Logger LOG = LoggerFactory.getLogger(MailFiles.class);
    private static final String SUFFIX = ".json";

    MailFiles {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the mails cannot be kept in " + directory, e);
        }
    }

    List<CaughtMail> oldestFirst() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .map(MailFiles::read)
                    .flatMap(Stream::ofNullable)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the mails in " + directory + " cannot be listed", e);
        }
    }

    void write(CaughtMail mail) {
        try {
            Files.write(file(mail.id()), Json.write(mail));
        } catch (IOException e) {
            LOG.warn("A caught mail is not kept: {}", e.toString());
        }
    }

    void delete(long id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("An old mail stays in the inbox's directory: {}", e.toString());
        }
    }

    /** So many digits that files sort as their numbers do. */
    private Path file(long id) {
        return directory.resolve(String.format(Locale.ROOT, "%019d%s", id, SUFFIX));
    }

    private static @Nullable CaughtMail read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), CaughtMail.class);
        } catch (IOException | MalformedRecordException e) {
            LOG.warn("{} is no mail that can be shown: {}", file, e.getMessage());
            return null;
        }
    }
}
