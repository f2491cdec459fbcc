@NullMarked
package dev.carillon.standalone.logs;

import org.jspecify.annotations.NullMarked;
