/** Which pages of other origins may call what end users call. */
@NullMarked
package dev.carillon.platform.cors;

import org.jspecify.annotations.NullMarked;
