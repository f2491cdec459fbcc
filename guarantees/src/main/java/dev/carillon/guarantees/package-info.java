/** Holds the whole pipeline to its guarantees. */
@NullMarked
package dev.carillon.guarantees;

import org.jspecify.annotations.NullMarked;
