/** What Carillon promises, as objects that watch what was accepted and what arrived. */
@NullMarked
package dev.carillon.guarantees.promise;

import org.jspecify.annotations.NullMarked;
