@NullMarked
package dev.carillon.router.state;

import org.jspecify.annotations.NullMarked;
