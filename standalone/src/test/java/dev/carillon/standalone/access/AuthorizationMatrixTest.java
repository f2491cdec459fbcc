package dev.carillon.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.access.MappedEndpoints.Endpoint;
import dev.carillon.standalone.compose.SharedCarillon;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every endpoint that the composition maps, called by every kind of caller. */
@ExtendWith(SharedCarillon.class)
class AuthorizationMatrixTest {

    @Test
    void letsInWhomTheTableNamesAndNobodyElse(Standalone carillon) {
        List<Endpoint> endpoints = MappedEndpoints.of(carillon.context());
        try (Callers callers = new Callers(carillon.context(), SharedCarillon.ORIGIN)) {
            assertThat(AccessTable.wrong(endpoints, callers, SharedCarillon.ORIGIN))
                    .isEmpty();
        }
        assertThat(endpoints).hasSizeGreaterThan(90);
    }

    @Test
    void theTableHasNoRowInVain(Standalone carillon) {
        assertThat(AccessTable.inVain(MappedEndpoints.of(carillon.context()))).isEmpty();
    }
}
