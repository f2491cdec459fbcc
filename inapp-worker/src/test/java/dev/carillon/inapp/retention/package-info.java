/** Tests. */
@NullMarked
package dev.carillon.inapp.retention;

import org.jspecify.annotations.NullMarked;
