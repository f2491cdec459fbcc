/** Conditions of a type's channels and steps: CEL expressions over an event and its recipient. */
@NullMarked
package dev.carillon.platform.condition;

import org.jspecify.annotations.NullMarked;
