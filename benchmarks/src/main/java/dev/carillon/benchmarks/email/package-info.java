/** How fast mails are handed over, beside a raw socket to the same relay. */
@NullMarked
package dev.carillon.benchmarks.email;

import org.jspecify.annotations.NullMarked;
