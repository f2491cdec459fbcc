/** The devices that can be pushed to: stored, listed, forgotten. */
@NullMarked
package dev.carillon.push.subscription;

import org.jspecify.annotations.NullMarked;
