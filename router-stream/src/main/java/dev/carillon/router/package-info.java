/** Decides for every recipient and channel whether, when and how to tell them. */
@NullMarked
package dev.carillon.router;

import org.jspecify.annotations.NullMarked;
