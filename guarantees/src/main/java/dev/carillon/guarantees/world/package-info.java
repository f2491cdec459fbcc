/** Everything around the services as processes that can be killed, frozen, cut off and filled up. */
@NullMarked
package dev.carillon.guarantees.world;

import org.jspecify.annotations.NullMarked;
