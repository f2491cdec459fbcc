/** Whose feed a call is about. */
@NullMarked
package dev.carillon.inapp.owner;

import org.jspecify.annotations.NullMarked;
