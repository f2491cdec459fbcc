/** What mails say and how, read back with a MIME parser that did not write them. */
@NullMarked
package dev.carillon.email.layout;

import org.jspecify.annotations.NullMarked;
