/** Signs mails, so that receivers know that they come from our domain and arrived as they were (RFC 6376). */
@NullMarked
package dev.carillon.email.dkim;

import org.jspecify.annotations.NullMarked;
