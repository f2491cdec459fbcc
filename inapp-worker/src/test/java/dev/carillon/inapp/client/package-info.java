/** The browser client's own tests, which run in Node.js. */
@NullMarked
package dev.carillon.inapp.client;

import org.jspecify.annotations.NullMarked;
