/** Calls to addresses that somebody else gave us: which are allowed, and what their names may lead to. */
@NullMarked
package dev.carillon.platform.outbound;

import org.jspecify.annotations.NullMarked;
