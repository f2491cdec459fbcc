/** What service workers report: that somebody clicked or closed a push. */
@NullMarked
package dev.carillon.push.report;

import org.jspecify.annotations.NullMarked;
