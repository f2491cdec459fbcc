/** Puts questions to the router and gathers what its partitions answer. */
@NullMarked
package dev.carillon.ingest.asking;

import org.jspecify.annotations.NullMarked;
