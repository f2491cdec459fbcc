/** Events in: read, checked, split by partition, and answered once the broker has them. */
@NullMarked
package dev.carillon.ingest.intake;

import org.jspecify.annotations.NullMarked;
