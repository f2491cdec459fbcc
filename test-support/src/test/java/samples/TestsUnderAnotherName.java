package samples;

import org.junit.platform.commons.annotation.Testable;

/** Looks like a test to the rule, and to no runner. */
public final class TestsUnderAnotherName {

    @Marked
    void test() {}

    @Testable
    @interface Marked {}
}
