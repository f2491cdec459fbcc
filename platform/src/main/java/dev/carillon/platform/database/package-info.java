/** Tables of a service. */
@NullMarked
package dev.carillon.platform.database;

import org.jspecify.annotations.NullMarked;
