/** A relay that does what a test says. */
@NullMarked
package dev.carillon.email.smtp;

import org.jspecify.annotations.NullMarked;
