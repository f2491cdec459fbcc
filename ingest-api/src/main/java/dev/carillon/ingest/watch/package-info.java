/** Looks from outside at what waits in the broker, also for services that do not run. */
@NullMarked
package dev.carillon.ingest.watch;

import org.jspecify.annotations.NullMarked;
