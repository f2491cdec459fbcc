/** The OpenAPI document, and a page to read and try it. */
@NullMarked
package dev.carillon.ingest.openapi;

import org.jspecify.annotations.NullMarked;
