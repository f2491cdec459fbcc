package dev.carillon.standalone;

/** One line about why the services did not start. */
final class FailureSentence {

    private FailureSentence() {}

    /** The message of the innermost cause, which is what somebody can change. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return "The services did not start: "
                + (message == null ? root.getClass().getSimpleName() : message.replaceAll("\\s+", " "));
    }
}
