/** Recipients, their preferences and their memberships in audiences. */
@NullMarked
package dev.carillon.schemas.recipient;

import org.jspecify.annotations.NullMarked;
