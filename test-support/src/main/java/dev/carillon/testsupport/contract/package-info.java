/** The documents of the HTTP API and of the topics: written from their sources, and held against what really happens. */
@NullMarked
package dev.carillon.testsupport.contract;

import org.jspecify.annotations.NullMarked;
