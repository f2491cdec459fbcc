package dev.carillon.benchmarks.email;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.Drain;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Measurement;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of e-mail: a backlog on {@code email}, and how fast the relay has it. */
public final class Mailing {
    private static final int RECIPIENTS = 1_000;
    private static final String NAME = Service.EMAIL_WORKER.code();

    private Mailing() {}

    /**
     * The rate with so many connections to the relay.
     *
     * @param share of the floor that is wanted
     */
    public static Measurement over(int connections, double share) {
        return stage -> measure(stage, connections, share);
    }

    private static Measured measure(Stage stage, int connections, double share) {
        int count = stage.scale().of(15_000 + 5_000 * connections, 500 * connections);
        try (Program sink = Program.start(SmtpSinkMain.class, List.of())) {
            String port = sink.awaitReady().replaceFirst(" .*", "");
            drain(stage, sink, port, connections, stage.scale().of(40_000 + 6_000 * connections, count / 2));
            stage.analyze();
            Drain ours = drain(stage, sink, port, connections, count);
            stage.conditions().progress().say("floor: a raw socket to the same relay");
            LoadRun floor = LoadRun.of(
                    RawSmtpMain.class,
                    Map.of("relay", sink.pid()),
                    "--port=" + port,
                    "--connections=" + connections,
                    "--count=" + Math.max(2 * count, 50_000));
            return new Measured(
                    List.of(Figure.of(
                            "mails, %d connection%s".formatted(connections, connections == 1 ? "" : "s"),
                            Unit.PER_SECOND,
                            ours.perSecond(),
                            new Floor("raw socket", floor.perSecond()),
                            new Goal.ShareOfFloor(share))),
                    ours.costs(),
                    List.of("a backlog of %,d; ours composes each mail and claims and settles it in its ledger"
                            .formatted(count)));
        } finally {
            stage.dismiss();
        }
    }

    private static Drain drain(Stage stage, Program sink, String port, int connections, int count) {
        Services services = stage.services(
                Set.of(Service.EMAIL_WORKER),
                "--carillon.email.smtp.port=" + port,
                "--carillon.email.smtp.pool.size=" + connections);
        stage.conditions().progress().say("%,d mails".formatted(count));
        var topic = services.topics().deliveries(Channel.EMAIL);
        Map<String, Long> pids = new LinkedHashMap<>(stage.pids());
        pids.put("relay", sink.pid());
        Instant now = MachineClock.now();
        String run = Long.toString(System.nanoTime());
        return Drain.measure(
                services.member(Service.EMAIL_WORKER).process(),
                NAME,
                pids,
                services.lag(Service.EMAIL_WORKER, "", topic),
                count,
                () -> Filling.fill(stage.broker(), topic.name(), count, i -> {
                    String recipient = "r" + i % RECIPIENTS;
                    return new Filling.Entry(
                            recipient, recipient, Samples.delivery(Channel.EMAIL, run + "-" + i, recipient, now, i));
                }));
    }
}
