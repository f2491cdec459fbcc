/** Sends deliveries as mails, each at most once as far as that can be known. */
@NullMarked
package dev.carillon.email.delivery;

import org.jspecify.annotations.NullMarked;
