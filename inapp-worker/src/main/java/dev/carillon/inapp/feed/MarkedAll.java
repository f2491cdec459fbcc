package dev.carillon.inapp.feed;

/** The answer to a call that concerns any number of items: how many changed. */
record MarkedAll(String message, int count) {}
