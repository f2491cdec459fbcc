@NullMarked
package dev.carillon.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
