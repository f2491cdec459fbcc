/** The catalogue of notification types. */
@NullMarked
package dev.carillon.schemas.type;

import org.jspecify.annotations.NullMarked;
