/** A mail relay that keeps what it is sent and misbehaves as a test wants it to. */
@NullMarked
package dev.carillon.testsupport.smtp;

import org.jspecify.annotations.NullMarked;
