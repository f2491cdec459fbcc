/** What the router answers when it is asked what it would do, or what waits. */
@NullMarked
package dev.carillon.schemas.explain;

import org.jspecify.annotations.NullMarked;
