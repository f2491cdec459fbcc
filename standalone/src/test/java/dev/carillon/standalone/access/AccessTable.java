package dev.carillon.standalone.access;

import dev.carillon.standalone.access.MappedEndpoints.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may call what, and whether that is so. */
final class AccessTable {
    /** The first line that fits counts; {@code *} is any method, {@code /**} whatever is below. */
    private static final List<Row> TABLE = table("""
        *      /api/v1/events/explain                   LOOK
        GET    /api/v1/events/{uid}/receipts            RECEIPTS
        GET    /api/v1/events/{uid}                     LOOK
        GET    /api/v1/events/find                      LOOK
        *      /api/v1/events/**                        PUBLISH
        *      /api/v1/schedules/**                     PUBLISH
        *      /api/v1/types/{name}/preview             LOOK
        GET    /api/v1/types/**                         LOOK
        *      /api/v1/types/**                         MANAGE
        *      /api/v1/recipients/**                    MANAGE
        *      /api/v1/audiences/**                     MANAGE
        *      /api/v1/subjects/**                      MANAGE
        *      /api/v1/ops/**                           OPERATE
        *      /api/v1/preferences                      END_USER
        *      /api/v1/notification-types               END_USER
        *      /api/v1/why/**                           END_USER
        POST   /api/v1/messages                         END_USER
        GET    /api/v1/notifications/ws                 SOCKET
        GET    /api/v1/ws/notifications                 SOCKET
        GET    /api/v1/notifications/stream             STREAM
        *      /api/v1/notifications/**                 END_USER
        POST   /api/v1/push/report                      OPEN
        POST   /api/v1/push/renew                       OPEN
        *      /api/v1/push/**                          END_USER
        *      /api/v1/email/unsubscribe                OPEN
        GET    /api/v1/email/click                      OPEN
        GET    /api/v1/email/open                       OPEN
        *      /api/v1/email/**                         OPERATOR
        POST   /console/session                         OPEN
        GET    /console/session                         COOKIE
        DELETE /console/session                         SIGN_OUT
        GET    /console/session/ways                    OPEN
        GET    /console/session/oidc                    OPEN
        GET    /console/session/oidc/callback           OPEN
        GET    /demo/**                                 OPEN
        GET    /actuator/health/**                      OPEN
        GET    /actuator/prometheus                     OPEN
        GET    /actuator                                CLOSED
        GET    /error                                   CLOSED
        """);

    private AccessTable() {}

    /** What is not as the table says, of every endpoint called at {@code origin} by every kind of caller. */
    static List<String> wrong(List<Endpoint> endpoints, Callers callers, String origin) {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Optional<Row> row = row(endpoint);
            if (row.isEmpty()) {
                wrong.add(endpoint + " has no row");
                continue;
            }
            for (Caller caller : callers.kinds()) {
                check(callers, origin, endpoint, row.get().rule, caller).ifPresent(wrong::add);
            }
        }
        return wrong;
    }

    /** Rows that decide over none of these. */
    static List<String> inVain(List<Endpoint> endpoints) {
        List<Row> used =
                endpoints.stream().flatMap(endpoint -> row(endpoint).stream()).toList();
        return TABLE.stream()
                .filter(row -> !used.contains(row))
                .map(Row::toString)
                .toList();
    }

    static boolean isClosed(Endpoint endpoint) {
        return row(endpoint).filter(row -> row.rule == Rule.CLOSED).isPresent();
    }

    private static Optional<Row> row(Endpoint endpoint) {
        return TABLE.stream().filter(one -> one.fits(endpoint)).findFirst();
    }

    private static Optional<String> check(Callers callers, String origin, Endpoint endpoint, Rule rule, Caller caller) {
        String path = endpoint.path().replaceAll("\\{[^}]*}", "00000000-0000-4000-8000-00000000000f");
        int status = callers.call(caller, endpoint.method(), origin + path.replace("/**", "/x"));
        return rule.holds(caller, status)
                ? Optional.empty()
                : Optional.of(endpoint + " " + caller + ": " + status + ", which is not " + rule);
    }

    private record Row(String method, String path, Rule rule) {
        boolean fits(Endpoint endpoint) {
            return (method.equals("*") || method.equals(endpoint.method())) && fits(endpoint.path());
        }

        private boolean fits(String mapped) {
            if (!path.endsWith("/**")) {
                return mapped.equals(path);
            }
            String prefix = path.substring(0, path.length() - "/**".length());
            return mapped.equals(prefix) || mapped.startsWith(prefix + "/");
        }
    }

    private static List<Row> table(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .map(cells -> new Row(cells[0], cells[1], Rule.valueOf(cells[2])))
                .toList();
    }
}
