/** The files that go with mails: fetched, checked and named. */
@NullMarked
package dev.carillon.email.attachment;

import org.jspecify.annotations.NullMarked;
