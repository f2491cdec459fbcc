@NullMarked
package dev.carillon.platform.repeat;

import org.jspecify.annotations.NullMarked;
