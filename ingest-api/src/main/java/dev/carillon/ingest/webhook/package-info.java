/** Webhooks: outcomes sent to addresses of operators, signed as Standard Webhooks says, each endpoint by itself. */
@NullMarked
package dev.carillon.ingest.webhook;

import org.jspecify.annotations.NullMarked;
