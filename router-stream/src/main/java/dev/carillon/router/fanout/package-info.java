/** Finds the recipients of an event that a partition owns, each once and in order. */
@NullMarked
package dev.carillon.router.fanout;

import org.jspecify.annotations.NullMarked;
