/** The whole way of a notification, from the intended sending to whoever sees it. */
@NullMarked
package dev.carillon.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
