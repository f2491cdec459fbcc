/** What upstream services ask about notifications that went out already. */
@NullMarked
package dev.carillon.schemas.command;

import org.jspecify.annotations.NullMarked;
