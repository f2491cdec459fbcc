package dev.carillon.email.attachment;

import java.util.List;

/** Whether the files of a mail are there. */
public sealed interface Gathered {
    /** They are, and take room until this is closed. */
    record Files(List<MailFile> files, Runnable release) implements Gathered, AutoCloseable {
        static final Files NONE = new Files(List.of(), () -> {});

        public Files {
            files = List.copyOf(files);
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /** Not yet. */
    record Unavailable(String why) implements Gathered {}

    /** They are, but too many others are being sent. */
    record NoRoom() implements Gathered {}

    /** They never will be. */
    record Refused(String why) implements Gathered {}
}
