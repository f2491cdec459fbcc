/** Named sets of recipients. */
@NullMarked
package dev.carillon.ingest.audience;

import org.jspecify.annotations.NullMarked;
