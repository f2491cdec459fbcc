/** Runs the topology: Kafka Streams' settings, its life cycle, its memory and its health. */
@NullMarked
package dev.carillon.router.runtime;

import org.jspecify.annotations.NullMarked;
