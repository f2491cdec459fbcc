/** How fast and how cheaply people are kept informed, beside a bare server on the same sockets. */
@NullMarked
package dev.carillon.benchmarks.live;

import org.jspecify.annotations.NullMarked;
