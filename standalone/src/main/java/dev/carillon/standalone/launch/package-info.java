/** What the command line of standalone says. */
@NullMarked
package dev.carillon.standalone.launch;

import org.jspecify.annotations.NullMarked;
