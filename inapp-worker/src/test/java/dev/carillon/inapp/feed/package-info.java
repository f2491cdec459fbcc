/** Tests. */
@NullMarked
package dev.carillon.inapp.feed;

import org.jspecify.annotations.NullMarked;
