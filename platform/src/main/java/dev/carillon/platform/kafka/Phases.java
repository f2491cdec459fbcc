package dev.carillon.platform.kafka;

/**
 * The order in which parts start; they stop in reverse. The web server starts after and stops before all of them.
 */
public final class Phases {
    /** Topics exist before anything reads or writes them. */
    public static final int TOPICS = 0;

    public static final int ROUTER = 100;
    public static final int WORKERS = 200;
    public static final int LIVE = 300;

    private Phases() {}
}
