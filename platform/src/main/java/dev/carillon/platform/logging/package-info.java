/** What lines of a log have as fields. */
@NullMarked
package dev.carillon.platform.logging;

import org.jspecify.annotations.NullMarked;
