@NullMarked
package dev.carillon.guarantees;

import org.jspecify.annotations.NullMarked;
