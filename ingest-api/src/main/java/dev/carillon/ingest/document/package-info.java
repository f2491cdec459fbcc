/** JSON from outside, read strictly: every mistake is named with its field and the rule it broke. */
@NullMarked
package dev.carillon.ingest.document;

import org.jspecify.annotations.NullMarked;
