/** Remembers which mails were handed over, so that a crash, a pause or a repeated record sends none twice. */
@NullMarked
package dev.carillon.email.ledger;

import org.jspecify.annotations.NullMarked;
