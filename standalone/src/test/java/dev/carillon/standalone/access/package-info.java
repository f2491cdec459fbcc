/** Who may call what. */
@NullMarked
package dev.carillon.standalone.access;

import org.jspecify.annotations.NullMarked;
