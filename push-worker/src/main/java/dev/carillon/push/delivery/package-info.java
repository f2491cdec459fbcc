/** Sends a recipient's deliveries to all of her devices. */
@NullMarked
package dev.carillon.push.delivery;

import org.jspecify.annotations.NullMarked;
