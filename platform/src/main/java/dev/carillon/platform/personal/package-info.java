/** How every service tells what it keeps of a recipient, and removes it. */
@NullMarked
package dev.carillon.platform.personal;

import org.jspecify.annotations.NullMarked;
