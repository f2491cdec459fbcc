/** What must hold when a router is killed, apart from what the router decides. */
@NullMarked
package dev.carillon.router.crash;

import org.jspecify.annotations.NullMarked;
