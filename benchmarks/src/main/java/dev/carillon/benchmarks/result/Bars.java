package dev.carillon.benchmarks.result;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** A figure as two bars, ours above its floor, with a line where the goal is. */
final class Bars {
    private static final double WIDTH = 500;
    private static final int HEIGHT = 44;

    private Bars() {}

    static String of(Figure figure) {
        Floor floor = figure.floor();
        double below = floor == null ? 0 : floor.value();
        double goal = goal(figure, below);
        double most = DoubleStream.of(figure.ours(), below, goal, Double.MIN_NORMAL)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 520 ").append(HEIGHT).append("\" preserveAspectRatio=\"none\" role=\"img\">");
        svg.append("<title>").append(Html.text(figure.name())).append("</title>");
        bar(svg, 4, figure.ours() / most, "--ours");
        bar(svg, 24, below / most, "--floor");
        if (goal > 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"0\" width=\"2\" height=\"%d\" fill=\"var(--goal)\"/>",
                    WIDTH * goal / most,
                    HEIGHT));
        }
        return svg.append("</svg>").toString();
    }

    private static void bar(StringBuilder svg, int y, double share, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"0\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"var(%s)\"/>",
                y,
                Math.max(1, WIDTH * share),
                colour));
    }

    /** The goal that is hardest to reach; 0 without one. */
    private static double goal(Figure figure, double floor) {
        DoubleStream goals = figure.goals().stream().mapToDouble(goal -> value(goal, floor));
        return (figure.unit().moreIsBetter() ? goals.max() : goals.min()).orElse(0);
    }

    private static double value(Goal goal, double floor) {
        return switch (goal) {
            case Goal.AtLeast(double value) -> value;
            case Goal.AtMost(double value) -> value;
            case Goal.ShareOfFloor(double share) -> share * floor;
            case Goal.TimesFloor(double times) -> times * floor;
            case Goal.AboveFloor(double by) -> floor + by;
        };
    }
}
