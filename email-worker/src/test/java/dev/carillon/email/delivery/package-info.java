/** Deliveries on their way to a relay. */
@NullMarked
package dev.carillon.email.delivery;

import org.jspecify.annotations.NullMarked;
