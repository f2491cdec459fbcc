/** What mails of some types tell: that they were opened, and which of their links were followed. */
@NullMarked
package dev.carillon.email.tracking;

import org.jspecify.annotations.NullMarked;
