/** Deliveries, as the router hands them to the workers, and where they end. */
@NullMarked
package dev.carillon.schemas.delivery;

import org.jspecify.annotations.NullMarked;
