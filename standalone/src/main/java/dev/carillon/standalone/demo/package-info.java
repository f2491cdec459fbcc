/** What lets a visitor play both sides: demo users, their tokens, a publishing key and the page. */
@NullMarked
package dev.carillon.standalone.demo;

import org.jspecify.annotations.NullMarked;
