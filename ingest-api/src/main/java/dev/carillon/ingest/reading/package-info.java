/** Topics become tables: how far each was read is written with what was read. */
@NullMarked
package dev.carillon.ingest.reading;

import org.jspecify.annotations.NullMarked;
