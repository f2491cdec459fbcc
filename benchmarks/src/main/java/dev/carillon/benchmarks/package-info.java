/** Measures every stage of the pipeline beside the floor that it stands on. */
@NullMarked
package dev.carillon.benchmarks;

import org.jspecify.annotations.NullMarked;
