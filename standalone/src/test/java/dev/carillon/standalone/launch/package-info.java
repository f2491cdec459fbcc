@NullMarked
package dev.carillon.standalone.launch;

import org.jspecify.annotations.NullMarked;
