/** Tests of what service workers report. */
@NullMarked
package dev.carillon.push.report;

import org.jspecify.annotations.NullMarked;
