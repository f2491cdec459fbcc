package dev.carillon.embedded;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Makes one line of what an exception or a foreign file says, to be put into a sentence of ours. */
final class Sentences {

    private static final int LONGEST = 300;

    private Sentences() {}

    static String of(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException fs && fs.getReason() != null) {
            return of(fs.getReason());
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : of(message);
    }

    static String of(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }
}
