/** Documents that are generated from the code, and the tests that keep them current. */
@NullMarked
package dev.carillon.standalone.docs;

import org.jspecify.annotations.NullMarked;
