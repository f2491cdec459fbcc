/** Signed tokens for links in mails: whoever has one may do the one thing that it names. */
@NullMarked
package dev.carillon.email.token;

import org.jspecify.annotations.NullMarked;
