/** What waits in the router for a recipient, and what operators do with it. */
@NullMarked
package dev.carillon.ingest.hold;

import org.jspecify.annotations.NullMarked;
