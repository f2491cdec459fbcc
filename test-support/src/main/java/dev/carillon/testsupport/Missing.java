package dev.carillon.testsupport;

import java.io.IOException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test does that does not find what it needs. It is skipped, with a printed reason; where the property
 * {@value #SKIP_NOTHING} is true it fails, so that a build which has everything skips nothing unseen.
 */
public final class Missing {
    static final String SKIP_NOTHING = "carillon.test.skip-nothing";

    private Missing() {}

    /** Goes on where it is there. */
    public static void unless(boolean there, String reason) {
        unless(there, reason, Boolean.getBoolean(SKIP_NOTHING));
    }

    static void unless(boolean there, String reason, boolean skipNothing) {
        if (there) {
            return;
        }
        if (skipNothing) {
            Assertions.fail(reason + ", and " + SKIP_NOTHING + " is set");
        }
        System.out.println("skipped: " + reason);
        Assumptions.abort(reason);
    }

    /** Whether a program can be started that tells its version. */
    static boolean starts(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
