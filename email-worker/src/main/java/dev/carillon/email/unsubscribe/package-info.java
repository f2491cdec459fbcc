/** How a recipient stops mails from a mail, without a login. */
@NullMarked
package dev.carillon.email.unsubscribe;

import org.jspecify.annotations.NullMarked;
