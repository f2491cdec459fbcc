@NullMarked
package dev.carillon.platform.template;

import org.jspecify.annotations.NullMarked;
