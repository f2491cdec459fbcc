@NullMarked
package dev.carillon.platform.control;

import org.jspecify.annotations.NullMarked;
