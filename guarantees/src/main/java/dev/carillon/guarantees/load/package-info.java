/** Those who use Carillon: upstream services that publish, and people who watch and read. */
@NullMarked
package dev.carillon.guarantees.load;

import org.jspecify.annotations.NullMarked;
