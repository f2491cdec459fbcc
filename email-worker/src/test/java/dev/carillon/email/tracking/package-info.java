@NullMarked
package dev.carillon.email.tracking;

import org.jspecify.annotations.NullMarked;
