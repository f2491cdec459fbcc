@NullMarked
package dev.carillon.ingest.webhook;

import org.jspecify.annotations.NullMarked;
