/** Outcomes in words, for whoever asks why. */
@NullMarked
package dev.carillon.ingest.wording;

import org.jspecify.annotations.NullMarked;
