package dev.carillon.standalone.docs;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.standalone.compose.PrometheusNames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}, made of the list of meters. */
final class MetricsPage {
    private MetricsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Generated from the code by the build; do not edit. Every service answers `GET /actuator/prometheus`, to this machine
                or to whoever shows `carillon.metrics.token` as bearer token. `ops/` has alert rules and a dashboard for Grafana that
                are made of these; `docker compose --profile monitoring up` starts both, see [operations.md](operations.md).

                ## Ours

                | metric | in Prometheus | type | unit | tags | meaning |
                |---|---|---|---|---|---|
                """);
        for (Metric metric : Metric.values()) {
            page.append("| `%s` | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            metric.code(),
                            names(PrometheusNames.of(metric)),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            metric.unit(),
                            names(metric.tags()),
                            metric.meaning()));
        }
        page.append("""

                `carillon.group.lag`, `carillon.dead.letters` and `carillon.broker.watched` come from every replica of `ingest-api`, which
                asks the broker at least every 15 s: take the largest, not the sum. They are right also for services that do not run. So it is with
                `carillon.dead.letters.open`, `carillon.webhook.messages` and `carillon.webhook.disabled`, which every replica asks the
                database for. Everything else is to be summed over replicas. `carillon.outcomes`, and `carillon.delivered` of mails and pushes, come from the
                replicas that write the ledger (`carillon.ingest.ledger.enabled`). States and reasons are those of the [glossary](glossary.md).

                ## Those of the libraries

                | metric | meaning |
                |---|---|
                | `http_server_requests_seconds` | answers by path and status, without `/api/v1/events`: an observation of each would cost a quarter of its handling |
                | `hikaricp_connections_active`, `hikaricp_connections_pending` | the pool of database connections, and who waits for one |
                | `cache_gets_total{cache="carillon.router.templates"}` | compiled templates of the router, by `result` |
                | `jvm_memory_used_bytes`, `jvm_gc_pause_seconds`, `process_cpu_usage` | the process |
                """);
        return page.toString();
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
