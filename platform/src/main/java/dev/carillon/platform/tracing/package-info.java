/** One trace for an event, from the request that brings it to each of its deliveries, in OpenTelemetry. */
@NullMarked
package dev.carillon.platform.tracing;

import org.jspecify.annotations.NullMarked;
