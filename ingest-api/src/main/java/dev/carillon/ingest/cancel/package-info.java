/** Events are taken back: what has not been delivered of them is not any more. */
@NullMarked
package dev.carillon.ingest.cancel;

import org.jspecify.annotations.NullMarked;
