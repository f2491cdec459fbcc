@NullMarked
package dev.carillon.router.runtime;

import org.jspecify.annotations.NullMarked;
