/** Tests of the push service. */
@NullMarked
package dev.carillon.push.delivery;

import org.jspecify.annotations.NullMarked;
