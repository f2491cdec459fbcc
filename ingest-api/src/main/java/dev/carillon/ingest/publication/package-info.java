/** From a committed row to Kafka: under the row's lock, and finished by a sweeper after a crash. */
@NullMarked
package dev.carillon.ingest.publication;

import org.jspecify.annotations.NullMarked;
