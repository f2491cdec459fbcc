/** The operators' console: its pages, and who is signed in to them. */
@NullMarked
package dev.carillon.ingest.console;

import org.jspecify.annotations.NullMarked;
