/** What was measured, held against floors and goals, and how it is shown. */
@NullMarked
package dev.carillon.benchmarks.result;

import org.jspecify.annotations.NullMarked;
