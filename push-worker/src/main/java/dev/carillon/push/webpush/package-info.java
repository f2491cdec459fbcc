/** Web Push: encryption (RFC 8291), sender identification (RFC 8292), requests and answers (RFC 8030). */
@NullMarked
package dev.carillon.push.webpush;

import org.jspecify.annotations.NullMarked;
