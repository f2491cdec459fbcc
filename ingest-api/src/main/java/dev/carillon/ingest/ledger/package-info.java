/** The ledger: what became of every notification, for operators, publishers and the recipient herself. */
@NullMarked
package dev.carillon.ingest.ledger;

import org.jspecify.annotations.NullMarked;
