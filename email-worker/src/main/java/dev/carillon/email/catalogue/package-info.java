/** The notification types as the worker knows them. */
@NullMarked
package dev.carillon.email.catalogue;

import org.jspecify.annotations.NullMarked;
