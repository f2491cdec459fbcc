package dev.carillon.embedded;

/** Why a broker, a database or a data directory cannot be used; the message is one sentence for the person who started it. */
public final class StartRefusedException extends RuntimeException {

    /** What stands in the way. */
    public enum Reason {
        /** Another live process holds the directory. */
        IN_USE,
        /** The directory cannot be created, read or written. */
        UNREADABLE,
        /** A later version, whose format this one does not know, wrote the directory. */
        NEWER_VERSION,
        /** Something else listens on the port. */
        PORT_IN_USE,
        /** The address to listen on is another machine's, or nobody's. */
        NO_SUCH_ADDRESS,
        /** This operating system or processor has no server for us, or forbids starting it. */
        UNSUPPORTED_PLATFORM,
        /** The server started and gave up; the sentence carries its last words. */
        FAILED
    }

    private final Reason reason;
    private final String sentence;

    public StartRefusedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
        this.sentence = sentence;
    }

    public StartRefusedException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.sentence = sentence;
    }

    public Reason reason() {
        return reason;
    }

    /** One line, to be shown as it is. */
    @Override
    public String getMessage() {
        return sentence;
    }
}
