/** Tests. */
@NullMarked
package dev.carillon.inapp.live;

import org.jspecify.annotations.NullMarked;
