/** What waits: slots, items, the due queue, shared bodies and jobs, all in one store with binary keys. */
@NullMarked
package dev.carillon.router.hold;

import org.jspecify.annotations.NullMarked;
