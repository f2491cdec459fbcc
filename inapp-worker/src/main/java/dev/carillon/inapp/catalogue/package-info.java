/** The catalogue of types, as the topic has it. */
@NullMarked
package dev.carillon.inapp.catalogue;

import org.jspecify.annotations.NullMarked;
