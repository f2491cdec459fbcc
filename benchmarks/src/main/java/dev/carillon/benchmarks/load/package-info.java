/** Programs that load the pipeline or are its floor, each a process of its own. */
@NullMarked
package dev.carillon.benchmarks.load;

import org.jspecify.annotations.NullMarked;
