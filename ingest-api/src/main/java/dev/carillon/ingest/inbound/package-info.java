/** Events of upstream services that write to Kafka themselves. */
@NullMarked
package dev.carillon.ingest.inbound;

import org.jspecify.annotations.NullMarked;
