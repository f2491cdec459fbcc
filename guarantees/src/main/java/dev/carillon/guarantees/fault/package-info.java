/** What goes wrong, and when. */
@NullMarked
package dev.carillon.guarantees.fault;

import org.jspecify.annotations.NullMarked;
