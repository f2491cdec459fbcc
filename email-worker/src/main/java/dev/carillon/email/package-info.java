/** Delivers by e-mail. */
@NullMarked
package dev.carillon.email;

import org.jspecify.annotations.NullMarked;
