@NullMarked
package dev.carillon.platform.spelling;

import org.jspecify.annotations.NullMarked;
