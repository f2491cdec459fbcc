/** Every contract of the pipeline: wire records, the topic catalogue, partitioning and serdes. */
@NullMarked
package dev.carillon.schemas;

import org.jspecify.annotations.NullMarked;
