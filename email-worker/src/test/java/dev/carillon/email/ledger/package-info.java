/** The mail ledger against a real database. */
@NullMarked
package dev.carillon.email.ledger;

import org.jspecify.annotations.NullMarked;
