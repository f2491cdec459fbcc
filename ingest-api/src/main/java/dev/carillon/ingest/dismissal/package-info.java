/** Upstream services take back what was told: one notification, a group, all about a subject. */
@NullMarked
package dev.carillon.ingest.dismissal;

import org.jspecify.annotations.NullMarked;
