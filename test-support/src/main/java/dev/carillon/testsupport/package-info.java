/** A real broker and database for tests, and the architecture rules that every module runs. */
@NullMarked
package dev.carillon.testsupport;

import org.jspecify.annotations.NullMarked;
