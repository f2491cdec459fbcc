/** The in-app feed: stores, streams and serves the browser client. */
@NullMarked
package dev.carillon.inapp;

import org.jspecify.annotations.NullMarked;
