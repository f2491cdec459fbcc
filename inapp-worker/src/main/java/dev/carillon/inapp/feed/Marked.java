package dev.carillon.inapp.feed;

/** The answer to a call that changes items: what it did, and how many changed. */
record Marked(String message, int count) {}
