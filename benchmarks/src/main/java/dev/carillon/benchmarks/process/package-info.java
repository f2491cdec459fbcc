/** What processes cost. */
@NullMarked
package dev.carillon.benchmarks.process;

import org.jspecify.annotations.NullMarked;
