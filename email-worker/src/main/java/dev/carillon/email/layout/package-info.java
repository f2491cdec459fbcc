/** Makes a mail of a delivery: its words, its look, its bytes. */
@NullMarked
package dev.carillon.email.layout;

import org.jspecify.annotations.NullMarked;
