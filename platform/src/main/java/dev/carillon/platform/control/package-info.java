/** What workers have to know before each attempt, kept in memory: cancelled events, and who was erased. */
@NullMarked
package dev.carillon.platform.control;

import org.jspecify.annotations.NullMarked;
