/** The e-mail worker as a whole. */
@NullMarked
package dev.carillon.email;

import org.jspecify.annotations.NullMarked;
