@NullMarked
package dev.carillon.benchmarks.result;

import org.jspecify.annotations.NullMarked;
