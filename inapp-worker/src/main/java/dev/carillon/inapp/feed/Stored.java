package dev.carillon.inapp.feed;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param allAsTheyCame every row is new, and none replaces another or is replaced
 * @param replaced rows that rows of the batch have replaced, and rows of the batch that others have, now or when it was stored before
 */
record Stored(boolean allAsTheyCame, List<Replaced> replaced) {}
