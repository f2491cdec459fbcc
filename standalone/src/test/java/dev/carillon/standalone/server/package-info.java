@NullMarked
package dev.carillon.standalone.server;

import org.jspecify.annotations.NullMarked;
