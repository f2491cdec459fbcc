@NullMarked
package dev.carillon.platform.auth;

import org.jspecify.annotations.NullMarked;
