/** How fast pushes are sent, beside a bare HTTP/2 client to the same push service. */
@NullMarked
package dev.carillon.benchmarks.push;

import org.jspecify.annotations.NullMarked;
