/** The broker, the database and the services that a row is measured on. */
@NullMarked
package dev.carillon.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
