/** Events as ingest accepts them and hands them to the router. */
@NullMarked
package dev.carillon.schemas.event;

import org.jspecify.annotations.NullMarked;
