package dev.carillon.standalone;

/** One line about why the services did not start. */
final class FailureSentence {

    private FailureSentence() {}

    /** The innermost message that names a setting of ours, else the innermost of all. */
    static String of(Throwable failure) {
        String said = null;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.startsWith("carillon.")) {
                said = message;
            }
            root = cause;
        }
        if (said == null) {
            said = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        }
        return "The services did not start: " + said.replaceAll("\\s+", " ");
    }
}
