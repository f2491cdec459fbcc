/** Makes the texts that a recipient reads: templates in her language, or the event's own words. */
@NullMarked
package dev.carillon.platform.rendering;

import org.jspecify.annotations.NullMarked;
