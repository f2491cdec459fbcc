@NullMarked
package dev.carillon.benchmarks.load;

import org.jspecify.annotations.NullMarked;
