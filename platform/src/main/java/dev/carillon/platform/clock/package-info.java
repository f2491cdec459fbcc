/** The pipeline's time. */
@NullMarked
package dev.carillon.platform.clock;

import org.jspecify.annotations.NullMarked;
