/** Everything in one JVM on an embedded broker and database. */
@NullMarked
package dev.carillon.standalone;

import org.jspecify.annotations.NullMarked;
