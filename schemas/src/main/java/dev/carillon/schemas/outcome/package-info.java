/** What happened to a notification on each channel, with its reason. */
@NullMarked
package dev.carillon.schemas.outcome;

import org.jspecify.annotations.NullMarked;
