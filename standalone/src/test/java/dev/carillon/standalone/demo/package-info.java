/** The demo as a visitor meets it: the README's lines in a shell, the page in a browser. */
@NullMarked
package dev.carillon.standalone.demo;

import org.jspecify.annotations.NullMarked;
