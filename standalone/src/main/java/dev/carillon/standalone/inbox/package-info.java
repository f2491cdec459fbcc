/** A development inbox: takes every mail by SMTP, delivers none, and shows the last ones. */
@NullMarked
package dev.carillon.standalone.inbox;

import org.jspecify.annotations.NullMarked;
