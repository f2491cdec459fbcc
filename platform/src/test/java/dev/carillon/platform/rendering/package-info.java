@NullMarked
package dev.carillon.platform.rendering;

import org.jspecify.annotations.NullMarked;
