package dev.carillon.inapp.feed;

/**
 * Sizes of a feed, without what is dismissed or expired.
 *
 * @param total neither archived nor snoozed
 * @param unread of these, not read
 * @param filtered matching the query
 */
record FeedCounts(int total, int unread, int filtered) {}
