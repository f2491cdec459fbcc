@NullMarked
package dev.carillon.router.topology;

import org.jspecify.annotations.NullMarked;
