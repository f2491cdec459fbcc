/** Tests of this feature. */
@NullMarked
package dev.carillon.email.unsubscribe;

import org.jspecify.annotations.NullMarked;
