/** Says what would become of an event, by asking the router. */
@NullMarked
package dev.carillon.ingest.explain;

import org.jspecify.annotations.NullMarked;
