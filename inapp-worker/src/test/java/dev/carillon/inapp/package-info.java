/** Tests. */
@NullMarked
package dev.carillon.inapp;

import org.jspecify.annotations.NullMarked;
