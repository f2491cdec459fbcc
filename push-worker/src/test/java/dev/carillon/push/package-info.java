/** Tests of the push service. */
@NullMarked
package dev.carillon.push;

import org.jspecify.annotations.NullMarked;
