/** Recipients and their preferences. */
@NullMarked
package dev.carillon.ingest.recipient;

import org.jspecify.annotations.NullMarked;
