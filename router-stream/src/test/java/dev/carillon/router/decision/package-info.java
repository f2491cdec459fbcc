@NullMarked
package dev.carillon.router.decision;

import org.jspecify.annotations.NullMarked;
