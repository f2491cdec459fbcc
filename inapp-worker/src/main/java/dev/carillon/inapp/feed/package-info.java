/** The feed: notifications stored, listed, counted and marked. */
@NullMarked
package dev.carillon.inapp.feed;

import org.jspecify.annotations.NullMarked;
