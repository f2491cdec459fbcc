/** What every service does the same way when it starts. */
@NullMarked
package dev.carillon.platform.startup;

import org.jspecify.annotations.NullMarked;
