@NullMarked
package dev.carillon.platform.cors;

import org.jspecify.annotations.NullMarked;
