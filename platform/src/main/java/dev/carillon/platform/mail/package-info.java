/** What mail can be sent to. */
@NullMarked
package dev.carillon.platform.mail;

import org.jspecify.annotations.NullMarked;
