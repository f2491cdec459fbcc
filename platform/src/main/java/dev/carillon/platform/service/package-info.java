/** What every service does the same way when it starts. */
@NullMarked
package dev.carillon.platform.service;

import org.jspecify.annotations.NullMarked;
