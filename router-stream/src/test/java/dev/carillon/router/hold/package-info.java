@NullMarked
package dev.carillon.router.hold;

import org.jspecify.annotations.NullMarked;
