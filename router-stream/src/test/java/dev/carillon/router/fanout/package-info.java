@NullMarked
package dev.carillon.router.fanout;

import org.jspecify.annotations.NullMarked;
