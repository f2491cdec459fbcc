/** What a partition of the router remembers of recipients, memberships and events it has seen. */
@NullMarked
package dev.carillon.router.state;

import org.jspecify.annotations.NullMarked;
