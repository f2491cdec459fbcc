@NullMarked
package dev.carillon.ingest.watch;

import org.jspecify.annotations.NullMarked;
