/** A push service on the loopback with browsers behind it: answers as scripted, and reads what it receives. */
@NullMarked
package dev.carillon.testsupport.webpush;

import org.jspecify.annotations.NullMarked;
