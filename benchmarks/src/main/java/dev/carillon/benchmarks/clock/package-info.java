/** The machine's clock, which all processes of a run share. */
@NullMarked
package dev.carillon.benchmarks.clock;

import org.jspecify.annotations.NullMarked;
