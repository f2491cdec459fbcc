package dev.carillon.ingest.intake;

import dev.carillon.schemas.notification.LongestWaits;
import java.time.Duration;

/** How much an event and a request may hold. Published in the API's documentation; raising one is a change of contract. */
final class Limits {
    static final int TITLE = 255;
    static final int BODY = 10_000;
    static final int URL = 500;
    static final int IMAGE_URL = 2_000;
    /** Ids, types, sources, groups, threads and categories, in characters. */
    static final int NAME = 128;
    /** Names of people and things, labels of buttons. */
    static final int DISPLAY_NAME = 255;

    static final int DATA_BYTES = 32 * 1024;
    static final int EVENT_BYTES = 64 * 1024;
    static final int REQUEST_BYTES = 1024 * 1024;

    static final int RECIPIENTS = 1_000;
    static final int AUDIENCES = 100;
    /** Each is a scan of its own in every portion of a fan-out. */
    static final int AUDIENCES_WITH_NESTED = 1_000;

    static final int EXCLUDED = 1_000;
    static final int EVENTS = 1_000;
    static final int ACTIONS = 5;
    static final int SUBJECTS = 20;
    static final int ATTACHMENTS = 10;
    static final int FILE_URL = 2_000;

    /** What the router holds at most ahead of its time. */
    static final Duration DELIVER_AHEAD = LongestWaits.SCHEDULED;

    private Limits() {}
}
