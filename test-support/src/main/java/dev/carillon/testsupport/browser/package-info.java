/** A real browser for tests; needs Playwright on the test's classpath. */
@NullMarked
package dev.carillon.testsupport.browser;

import org.jspecify.annotations.NullMarked;
