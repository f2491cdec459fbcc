/** Decides for one notification and one channel: deliver, hold or suppress. Pure: no Kafka, no Spring, no clock. */
@NullMarked
package dev.carillon.router.decision;

import org.jspecify.annotations.NullMarked;
