/** Shows the texts of a type before anybody gets them. */
@NullMarked
package dev.carillon.ingest.preview;

import org.jspecify.annotations.NullMarked;
