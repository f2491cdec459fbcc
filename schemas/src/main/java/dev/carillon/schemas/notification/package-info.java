/** What a recipient is told: one event, rendered for one recipient. */
@NullMarked
package dev.carillon.schemas.notification;

import org.jspecify.annotations.NullMarked;
