/** The embedded broker and database under one data directory, and the secrets made for it. */
@NullMarked
package dev.carillon.standalone.server;

import org.jspecify.annotations.NullMarked;
