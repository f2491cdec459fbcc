/** The router's one stage: what comes in, what is done with it, what goes out. */
@NullMarked
package dev.carillon.router.topology;

import org.jspecify.annotations.NullMarked;
