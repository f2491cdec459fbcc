@NullMarked
package dev.carillon.guarantees.load;

import org.jspecify.annotations.NullMarked;
