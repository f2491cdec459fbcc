/** How fast the feed is stored, beside the same batches by plain JDBC. */
@NullMarked
package dev.carillon.benchmarks.inapp;

import org.jspecify.annotations.NullMarked;
