/** What the feed no longer needs goes, in small batches. */
@NullMarked
package dev.carillon.inapp.retention;

import org.jspecify.annotations.NullMarked;
