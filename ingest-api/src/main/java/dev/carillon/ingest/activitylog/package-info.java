/** The log of accepted events, told or not, and the numbers in them by the hour. */
@NullMarked
package dev.carillon.ingest.activitylog;

import org.jspecify.annotations.NullMarked;
