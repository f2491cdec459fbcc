/** Classes that break a rule on purpose, outside of the packages that the rules are run on. */
@NullMarked
package samples;

import org.jspecify.annotations.NullMarked;
