/** What the features of this service need to tell what they keep of a recipient, to erase it, and not to bring it back. */
@NullMarked
package dev.carillon.ingest.personal;

import org.jspecify.annotations.NullMarked;
