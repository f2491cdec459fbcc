/** How much memory the packaged services take and how soon they are ready, beside an empty application. */
@NullMarked
package dev.carillon.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
