package dev.carillon.inapp.feed;

/** How many items are unread, under both names that clients know. */
record UnreadCount(int count, int unreadCount) {
    static UnreadCount of(int count) {
        return new UnreadCount(count, count);
    }
}
