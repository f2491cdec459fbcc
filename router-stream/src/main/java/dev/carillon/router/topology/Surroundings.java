package dev.carillon.router.topology;

import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Topics;
import java.time.Clock;

/** What a router works in; the same for all its partitions. */
record Surroundings(Topics topics, RoutingSettings settings, Clock clock, Tracing tracing, RouterMeters meters) {}
