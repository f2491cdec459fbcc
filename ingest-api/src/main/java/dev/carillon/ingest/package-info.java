/** The front door: events, recipients, preferences, audiences and notification types in. */
@NullMarked
package dev.carillon.ingest;

import org.jspecify.annotations.NullMarked;
