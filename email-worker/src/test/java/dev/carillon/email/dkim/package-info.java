/** Tests of the signatures of mails. */
@NullMarked
package dev.carillon.email.dkim;

import org.jspecify.annotations.NullMarked;
