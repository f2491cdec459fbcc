/** The names of everything that the services measure themselves, in one place. */
@NullMarked
package dev.carillon.platform.metrics;

import org.jspecify.annotations.NullMarked;
