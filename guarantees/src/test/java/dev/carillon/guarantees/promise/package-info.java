@NullMarked
package dev.carillon.guarantees.promise;

import org.jspecify.annotations.NullMarked;
