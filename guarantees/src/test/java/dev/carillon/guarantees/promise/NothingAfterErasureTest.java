package dev.carillon.guarantees.promise;

import static dev.carillon.guarantees.promise.Observations.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of somebody, and what came to her since. */
class NothingAfterErasureTest {

    @Test
    void holdsWhereNothingIsLeftAndNothingCame() {
        assertThat(broken(new Erased(ADA, true, 0, 0, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false,0,0,0", "true,1,0,0", "true,0,1,0", "true,0,0,1"})
    void anErasureThatIsNotDoneOrLeavesSomethingIsNone(boolean done, int rows, long mails, long pushes) {
        assertThat(broken(new Erased(ADA, done, rows, mails, pushes))).hasSize(1);
    }

    private static List<String> broken(Erased erased) {
        NothingAfterErasure guarantee = new NothingAfterErasure();
        guarantee.erased(erased);
        return guarantee.broken();
    }
}
