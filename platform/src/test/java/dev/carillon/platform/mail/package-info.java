@NullMarked
package dev.carillon.platform.mail;

import org.jspecify.annotations.NullMarked;
