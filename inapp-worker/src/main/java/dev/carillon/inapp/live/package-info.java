/** The live stream: what connected clients see now, on whichever replica they are. */
@NullMarked
package dev.carillon.inapp.live;

import org.jspecify.annotations.NullMarked;
