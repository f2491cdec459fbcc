@NullMarked
package dev.carillon.standalone.image;

import org.jspecify.annotations.NullMarked;
