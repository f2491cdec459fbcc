@NullMarked
package dev.carillon.platform.http;

import org.jspecify.annotations.NullMarked;
