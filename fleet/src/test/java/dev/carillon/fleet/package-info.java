@NullMarked
package dev.carillon.fleet;

import org.jspecify.annotations.NullMarked;
