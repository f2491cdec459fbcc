package dev.carillon.inapp.feed;

import dev.carillon.schemas.activity.Activity;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param allAsTheyCame every row is new, and none replaces another, is replaced or dismissed
 * @param replaced rows that rows of the batch have replaced, and rows of the batch that others have, now or when it was stored before
 * @param dismissed rows of the batch whose group was dismissed as a whole before they came, now or when it was stored before
 */
record Stored(boolean allAsTheyCame, List<Replaced> replaced, List<Activity.Dismissed> dismissed) {}
