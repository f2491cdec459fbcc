/** What ended without success, for operators: seen, replayed, discarded. */
@NullMarked
package dev.carillon.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
