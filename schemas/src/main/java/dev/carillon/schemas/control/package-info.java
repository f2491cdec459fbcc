/** What reaches every worker before it attempts anything. */
@NullMarked
package dev.carillon.schemas.control;

import org.jspecify.annotations.NullMarked;
