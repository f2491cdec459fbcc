/** The catalogue of notification types, from REST and from files. */
@NullMarked
package dev.carillon.ingest.type;

import org.jspecify.annotations.NullMarked;
