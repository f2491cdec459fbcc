/**
 * The pure parts alone, measured by JMH. Each class is a figure: {@code ours}, and {@code floor}, the least that any code
 * for the same purpose does.
 */
@NullMarked
package dev.carillon.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
