/** Messages from one end user to others whom she shares an audience with. */
@NullMarked
package dev.carillon.ingest.message;

import org.jspecify.annotations.NullMarked;
