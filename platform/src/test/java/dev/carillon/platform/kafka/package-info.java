@NullMarked
package dev.carillon.platform.kafka;

import org.jspecify.annotations.NullMarked;
