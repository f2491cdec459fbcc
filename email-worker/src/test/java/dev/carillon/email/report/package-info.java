/** Tests of this feature. */
@NullMarked
package dev.carillon.email.report;

import org.jspecify.annotations.NullMarked;
