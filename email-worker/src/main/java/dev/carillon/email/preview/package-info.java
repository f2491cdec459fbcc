/** Mails to look at before anybody gets them. */
@NullMarked
package dev.carillon.email.preview;

import org.jspecify.annotations.NullMarked;
