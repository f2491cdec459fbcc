/** The little that all services share: clock, topic provisioning, worker runtime, outcomes, authentication. */
@NullMarked
package dev.carillon.platform;

import org.jspecify.annotations.NullMarked;
