/** CloudEvents 1.0: read by the format's own SDK and brought into our form, in which they are checked like all events. */
@NullMarked
package dev.carillon.ingest.cloudevent;

import org.jspecify.annotations.NullMarked;
