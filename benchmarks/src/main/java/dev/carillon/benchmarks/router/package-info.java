/** How fast the router decides, beside a topology that passes the same records through. */
@NullMarked
package dev.carillon.benchmarks.router;

import org.jspecify.annotations.NullMarked;
