/** Operators have everything about a recipient told, or erased, by all services. */
@NullMarked
package dev.carillon.ingest.privacy;

import org.jspecify.annotations.NullMarked;
