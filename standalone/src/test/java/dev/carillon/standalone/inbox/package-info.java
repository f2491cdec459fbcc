@NullMarked
package dev.carillon.standalone.inbox;

import org.jspecify.annotations.NullMarked;
