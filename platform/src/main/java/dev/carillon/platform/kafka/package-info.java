/** Clients of the broker, the topics they need, and sending. */
@NullMarked
package dev.carillon.platform.kafka;

import org.jspecify.annotations.NullMarked;
