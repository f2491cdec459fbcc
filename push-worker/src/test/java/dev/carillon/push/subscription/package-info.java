/** Tests of the push service. */
@NullMarked
package dev.carillon.push.subscription;

import org.jspecify.annotations.NullMarked;
