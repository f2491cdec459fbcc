/** What recipients change about themselves, as far as mails depend on it. */
@NullMarked
package dev.carillon.email.profile;

import org.jspecify.annotations.NullMarked;
