/** Who may speak to a server that is meant for this machine only. */
@NullMarked
package dev.carillon.standalone.origin;

import org.jspecify.annotations.NullMarked;
