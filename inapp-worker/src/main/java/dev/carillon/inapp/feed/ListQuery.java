package dev.carillon.inapp.feed;

import org.jspecify.annotations.Nullable;

/**
 * Which items of a feed are asked for. A cursor goes before an offset, and both before a page.
 *
 * @param limit 1 to 100 items
 * @param offset items to skip, from the newest; of a cursor's page it is unknown and 0
 */
record ListQuery(FeedFilter filter, int limit, @Nullable Cursor cursor, int offset) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    /** The number of the page, from 1. */
    int page() {
        return offset / limit + 1;
    }
}
