/** What workers have to know before each attempt, kept in memory: cancelled events. */
@NullMarked
package dev.carillon.platform.control;

import org.jspecify.annotations.NullMarked;
