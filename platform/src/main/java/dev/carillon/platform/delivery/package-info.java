/** The runtime of a channel's worker: batches in, attempts, retries, dead letters and outcomes out. */
@NullMarked
package dev.carillon.platform.delivery;

import org.jspecify.annotations.NullMarked;
