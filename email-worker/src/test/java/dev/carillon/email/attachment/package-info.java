@NullMarked
package dev.carillon.email.attachment;

import org.jspecify.annotations.NullMarked;
