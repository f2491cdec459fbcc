/** What JMH generates around the benchmarks lies here. */
@NullMarked
package dev.carillon.benchmarks.micro.jmh_generated;

import org.jspecify.annotations.NullMarked;
