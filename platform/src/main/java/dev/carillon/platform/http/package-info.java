/** Errors as RFC 9457 problem details. */
@NullMarked
package dev.carillon.platform.http;

import org.jspecify.annotations.NullMarked;
