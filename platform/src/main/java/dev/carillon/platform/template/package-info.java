/** Mustache templates of notification types: checked when stored, rendered within bounds. */
@NullMarked
package dev.carillon.platform.template;

import org.jspecify.annotations.NullMarked;
