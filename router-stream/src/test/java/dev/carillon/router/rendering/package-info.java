@NullMarked
package dev.carillon.router.rendering;

import org.jspecify.annotations.NullMarked;
