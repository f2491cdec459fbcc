@NullMarked
package dev.carillon.platform.outbound;

import org.jspecify.annotations.NullMarked;
