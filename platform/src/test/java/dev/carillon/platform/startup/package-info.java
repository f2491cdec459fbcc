@NullMarked
package dev.carillon.platform.startup;

import org.jspecify.annotations.NullMarked;
