/** What services answer to commands about everything that is kept of a recipient. */
@NullMarked
package dev.carillon.schemas.reply;

import org.jspecify.annotations.NullMarked;
