/** What a service does again and again while it runs. */
@NullMarked
package dev.carillon.platform.repeat;

import org.jspecify.annotations.NullMarked;
