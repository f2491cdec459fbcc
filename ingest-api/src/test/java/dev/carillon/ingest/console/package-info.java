/** Tests of the console's parts. */
@NullMarked
package dev.carillon.ingest.console;

import org.jspecify.annotations.NullMarked;
