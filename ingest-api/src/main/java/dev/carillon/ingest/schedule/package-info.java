/** Recurring events: rules of RFC 5545, kept in the database, each occurrence sent by one replica. */
@NullMarked
package dev.carillon.ingest.schedule;

import org.jspecify.annotations.NullMarked;
