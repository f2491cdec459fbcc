/** The whole pipeline as its users meet it: over HTTP, with real broker, database, SMTP and push service. */
@NullMarked
package dev.carillon.standalone.pipeline;

import org.jspecify.annotations.NullMarked;
