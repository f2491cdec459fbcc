/** Who may call: keys of upstream services and operators. */
@NullMarked
package dev.carillon.ingest.apikey;

import org.jspecify.annotations.NullMarked;
