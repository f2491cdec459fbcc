/** The events that all rows use, in every form that they take on their way. */
@NullMarked
package dev.carillon.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
