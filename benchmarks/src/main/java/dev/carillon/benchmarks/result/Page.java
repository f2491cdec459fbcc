package dev.carillon.benchmarks.result;

import dev.carillon.benchmarks.result.RowResult.Failed;
import dev.carillon.benchmarks.result.RowResult.Measured;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as one HTML page with charts, which loads nothing from anywhere. */
final class Page {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @SuppressWarnings("InlineFormatString") // a page is easier to read in one piece
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Carillon: measured</title>
            <style>
            %s
            </style>
            </head>
            <body>
            <header>
            <h1>Carillon, measured</h1>
            <p>%s. %s.%s</p>
            <p>%s</p>
            <ul class="key"><li class="ours">ours</li><li class="floor">the floor: the same machine, in the same run, \
            without us</li><li class="goal">the goal</li></ul>
            </header>
            <main>
            %s</main>
            <footer>Made by <code>./carillon bench</code>. Absolute figures do not travel to another machine; how they \
            stand to their floors does.</footer>
            </body>
            </html>
            """;

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2530; --soft: #5b6675; --line: #dfe4ea; --card: #fff;
              --back: #f5f7f9; --ours: #2f6fde; --floor: #a9b4c2; --goal: #1c1f24; --good: #1b7f4b; --bad: #b3372f; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #98a4b3; --line: #2d3642; --card: #1a212b;
              --back: #11161d; --ours: #6ea3ff; --floor: #556273; --goal: #f2f4f7; --good: #55c98c; --bad: #f08078; } }
            body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            header, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
            header { padding-top: 36px; } footer { padding-bottom: 40px; color: var(--soft); }
            h1 { font-size: 28px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 0; }
            header p { margin: 2px 0; color: var(--soft); }
            .key { display: flex; flex-wrap: wrap; gap: 20px; list-style: none; padding: 0; margin: 14px 0 20px; }
            .key li::before { content: ""; display: inline-block; width: 14px; height: 10px; margin-right: 7px; }
            .key .ours::before { background: var(--ours); } .key .floor::before { background: var(--floor); }
            .key .goal::before { background: var(--goal); width: 2px; height: 14px; vertical-align: -2px; }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px;
              margin-bottom: 14px; }
            .stands { color: var(--soft); margin: 2px 0 10px; font-size: 13.5px; }
            .figure { display: grid; grid-template-columns: 230px 1fr 150px; gap: 4px 18px; align-items: center;
              border-top: 1px solid var(--line); padding: 8px 0; }
            .figure b { font-weight: 600; } .figure small { color: var(--soft); display: block; }
            .figure svg { width: 100%; height: 44px; display: block; }
            .verdict { text-align: right; } .good { color: var(--good); } .bad { color: var(--bad); }
            .note { color: var(--soft); font-size: 13px; margin: 6px 0 0; }
            table { border-collapse: collapse; font-size: 13px; margin-top: 8px; color: var(--soft); }
            td, th { text-align: right; padding: 1px 14px 1px 0; font-weight: 400; }
            td:first-child, th:first-child { text-align: left; }
            .state { color: var(--soft); border-top: 1px solid var(--line); padding-top: 8px; margin: 0; }
            text { font: 11px system-ui, sans-serif; fill: var(--ink); }
            @media (max-width: 720px) { .figure { grid-template-columns: 1fr; } .verdict { text-align: left; } }
            """;

    private Page() {}

    static String of(Report report) {
        String rows = report.rows().stream().map(Page::section).collect(Collectors.joining());
        String quick = report.quick() ? " <b>A quick run: its figures are rough.</b>" : "";
        return FRAME.formatted(
                STYLE,
                DATE.format(report.measuredAt()),
                Html.text(report.machine().toString()),
                quick,
                summary(report),
                rows);
    }

    private static String summary(Report report) {
        long reached = verdicts(report, true);
        long missed = verdicts(report, false);
        return "%d of %d goals reached.".formatted(reached, reached + missed);
    }

    private static long verdicts(Report report, boolean reached) {
        return report.rows().stream()
                .filter(row -> row.result() instanceof Measured)
                .flatMap(row -> ((Measured) row.result()).figures().stream())
                .filter(figure -> Boolean.valueOf(reached).equals(figure.reached()))
                .count();
    }

    private static String section(ReportRow row) {
        return """
                <section id="%s">
                <h2>%s</h2>
                <p class="stands">%s</p>
                %s</section>
                """.formatted(Html.text(row.id()), Html.text(row.title()), Html.text(row.stands()), body(row.result()));
    }

    private static String body(RowResult result) {
        return switch (result) {
            case Failed(String why) ->
                "<p class=\"state bad\">Failed: "
                        + Html.text(why.lines().findFirst().orElse("")) + "</p>\n";
            case Measured measured ->
                measured.figures().stream().map(Page::figure).collect(Collectors.joining())
                        + costs(measured)
                        + measured.notes().stream()
                                .map(note -> "<p class=\"note\">" + Html.text(note) + "</p>\n")
                                .collect(Collectors.joining());
        };
    }

    private static String figure(Figure figure) {
        Floor floor = figure.floor();
        String beside = floor == null
                ? "<span class=\"bad\">no floor</span>"
                : Html.text(floor.what()) + ": " + Numbers.withUnit(floor.value(), figure.unit());
        return """
                <div class="figure">
                <div><b>%s</b><small>%s</small></div>
                %s
                <div class="verdict"><b>%s</b> <small>%s</small>%s</div>
                </div>
                """.formatted(
                        Html.text(figure.name()),
                        beside,
                        Bars.of(figure),
                        Html.text(Numbers.withUnit(figure.ours(), figure.unit())),
                        floor == null ? "" : Ratios.text(figure) + " of the floor",
                        verdict(figure));
    }

    private static String verdict(Figure figure) {
        Boolean reached = figure.reached();
        if (reached == null) {
            return "";
        }
        String goals =
                figure.goals().stream().map(goal -> goal.text(figure.unit())).collect(Collectors.joining(", "));
        return "<small class=\"%s\">%s %s</small>"
                .formatted(reached ? "good" : "bad", reached ? "reached:" : "not reached:", Html.text(goals));
    }

    private static String costs(Measured measured) {
        if (measured.costs().isEmpty()) {
            return "";
        }
        String lines = measured.costs().stream()
                .map(cost -> String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%.4f s</td><td>%,.0f MB</td></tr>%n",
                        Html.text(cost.process()),
                        cost.cpuSecondsPerThousand(),
                        cost.residentMegabytes()))
                .collect(Collectors.joining());
        return "<table><tr><th>process</th><th>CPU per 1,000</th><th>resident</th></tr>\n" + lines + "</table>\n";
    }
}
