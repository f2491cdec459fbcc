package dev.carillon.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.access.MappedEndpoints.Endpoint;
import dev.carillon.standalone.compose.SharedCarillon;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    /** Whom a service knows depends on the service; the composition knows all. */
    @Test
    void whatIsClosedDoesNotExistForWhoeverIsKnown(Standalone carillon) {
        Set<Caller> known = EnumSet.copyOf(Caller.KEYS);
        known.removeAll(Set.of(Caller.SIGNED_IN, Caller.PERSON));
        known.addAll(Set.of(Caller.USER, Caller.VISITOR));
        List<Endpoint> closed = MappedEndpoints.of(carillon.context()).stream()
                .filter(AccessTable::isClosed)
                .toList();
        assertThat(closed).isNotEmpty();
        try (Callers callers = new Callers(carillon.context(), SharedCarillon.ORIGIN)) {
            for (Caller caller : callers.kinds()) {
                assertThat(closed)
                        .as("%s", caller)
                        .extracting(endpoint ->
                                callers.call(caller, endpoint.method(), SharedCarillon.ORIGIN + endpoint.path()))
                        .containsOnly(known.contains(caller) ? 404 : 401);
            }
        }
    }

    @Test
    void theTableHasNoRowInVain(Standalone carillon) {
        assertThat(AccessTable.inVain(MappedEndpoints.of(carillon.context()))).isEmpty();
    }
}
