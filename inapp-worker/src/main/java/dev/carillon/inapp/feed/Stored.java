package dev.carillon.inapp.feed;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param allAsTheyCame every row is new, and none replaces another or is replaced
 * @param replaced by rows of the batch, now or when it was stored before
 */
record Stored(boolean allAsTheyCame, List<Replaced> replaced) {}
