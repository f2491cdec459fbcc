/** Delivers by Web Push and owns the subscriptions. */
@NullMarked
package dev.carillon.push;

import org.jspecify.annotations.NullMarked;
