/** The real services as processes of their own, and both sides that talk to them. */
@NullMarked
package dev.carillon.fleet;

import org.jspecify.annotations.NullMarked;
