/** Tickets that open a live stream where a token cannot be sent. */
@NullMarked
package dev.carillon.inapp.ticket;

import org.jspecify.annotations.NullMarked;
