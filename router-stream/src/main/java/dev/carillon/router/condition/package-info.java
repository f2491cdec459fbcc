/** Whether the conditions of a type let a notification through. */
@NullMarked
package dev.carillon.router.condition;

import org.jspecify.annotations.NullMarked;
