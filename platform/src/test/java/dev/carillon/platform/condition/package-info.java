@NullMarked
package dev.carillon.platform.condition;

import org.jspecify.annotations.NullMarked;
