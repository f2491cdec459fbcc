/** How fast events are accepted, beside a raw producer and a bare HTTP server. */
@NullMarked
package dev.carillon.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
