/** Addresses that must not be mailed, and how they become known. */
@NullMarked
package dev.carillon.email.suppression;

import org.jspecify.annotations.NullMarked;
