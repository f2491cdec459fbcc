/** What recipients and workers report back to the router. */
@NullMarked
package dev.carillon.schemas.activity;

import org.jspecify.annotations.NullMarked;
