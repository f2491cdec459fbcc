/** Guesses what somebody meant by a name that is not known. */
@NullMarked
package dev.carillon.platform.spelling;

import org.jspecify.annotations.NullMarked;
