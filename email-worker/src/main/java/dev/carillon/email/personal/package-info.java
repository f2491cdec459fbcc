/** What the e-mail worker keeps of recipients, told and erased. */
@NullMarked
package dev.carillon.email.personal;

import org.jspecify.annotations.NullMarked;
