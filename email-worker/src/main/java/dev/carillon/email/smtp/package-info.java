/** Hands finished messages to a relay over pooled, kept-open SMTP sessions. */
@NullMarked
package dev.carillon.email.smtp;

import org.jspecify.annotations.NullMarked;
