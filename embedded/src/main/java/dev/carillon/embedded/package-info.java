/** A Kafka broker and a PostgreSQL server that run without Docker, for the standalone application and for tests. */
@NullMarked
package dev.carillon.embedded;

import org.jspecify.annotations.NullMarked;
