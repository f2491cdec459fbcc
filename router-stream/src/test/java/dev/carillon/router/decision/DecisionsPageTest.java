package dev.carillon.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Decision.Deliver;
import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.Decision.Suppress;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page that publishes the order of the rules is written by the rules themselves. */
class DecisionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "decisions.md");
    private static final String BEGIN = "<!-- generated: order -->\n";
    private static final String MIDDLE = "<!-- generated: choices -->\n";
    private static final String END = "<!-- end -->\n";
    private static final String PASSES = "—";

    @Test
    void thePageSaysWhatTheCodeDecides() throws IOException {
        String page = Files.readString(PAGE);
        String expected = replaced(
                replaced(replaced(page, BEGIN, order()), MIDDLE, choices()), "<!-- generated: again -->\n", again());
        if (Boolean.getBoolean("carillon.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("docs/decisions.md is out of date: run mvn -pl router-stream -am verify -Dcarillon.docs.write=true"
                        + " -Dtest=DecisionsPageTest -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }

    /** Whatever two things come together, the one that stands first on the page decides, unless it lets pass. */
    @Test
    void ofTwoSituationsTheFirstDecides() {
        List<Situation> all = List.of(Situation.values());
        for (Channel channel : Channel.values()) {
            for (boolean critical : new boolean[] {false, true}) {
                for (int i = 0; i < all.size(); i++) {
                    for (int j = i + 1; j < all.size(); j++) {
                        assertThat(cell(channel, critical, all.get(i), all.get(j)))
                                .as("%s and %s on %s, critical %s", all.get(i), all.get(j), channel, critical)
                                .isEqualTo(ofBoth(channel, critical, all.get(i), all.get(j)));
                    }
                }
            }
        }
    }

    private static String ofBoth(Channel channel, boolean critical, Situation first, Situation second) {
        if (first.isReplacedBy(second)) {
            return cell(channel, critical, second);
        }
        String one = cell(channel, critical, first);
        String other = cell(channel, critical, second);
        return one.equals(PASSES) || (one.equals("silent") && !other.equals(PASSES)) ? other : one;
    }

    private static String order() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "where", "in-app", "e-mail", "push", "of a critical type"));
        for (Situation situation : Situation.values()) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(rows.size()), situation.words()));
            for (Channel channel : Channel.values()) {
                row.add(cell(channel, false, situation));
            }
            boolean same = Arrays.stream(Channel.values())
                    .allMatch(channel -> cell(channel, true, situation).equals(cell(channel, false, situation)));
            row.add(same ? "the same" : "passes");
            rows.add(row);
        }
        return table(rows);
    }

    private static String again() {
        List<Situation> waits = Stream.of(Situation.values())
                .filter(situation -> Situation.decide(Channel.EMAIL, false, situation) instanceof Hold)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("it has waited for"));
        waits.forEach(wait -> head.add(code(Situation.decide(Channel.EMAIL, false, wait))));
        rows.add(head);
        for (Gate gate : Gate.values()) {
            rows.add(again('`' + gateCode(gate) + '`', waits, passed -> passed.and(gate)));
        }
        rows.add(again("an operator, who released it", waits, Passed::releasing));
        return table(rows);
    }

    private static List<String> again(String name, List<Situation> waits, UnaryOperator<Passed> before) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Situation wait : waits) {
            Decision decision = wait.decideAgain(Channel.EMAIL, before);
            row.add(decision instanceof Hold ? "waits" : decision instanceof Deliver ? PASSES : code(decision));
        }
        return row;
    }

    private static String choices() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("type", "category", "channel", "among the type's channels", "not among them"));
        for (Choice type : orNone()) {
            for (Choice category : orNone()) {
                for (Boolean on : new Boolean[] {true, false}) {
                    rows.add(List.of(
                            word(type),
                            word(category),
                            on ? "on" : "off",
                            chosen(type, category, on, Set.of(Channel.EMAIL)),
                            chosen(type, category, on, Set.of(Channel.INAPP))));
                }
            }
        }
        return table(rows);
    }

    private static String chosen(@Nullable Choice type, @Nullable Choice category, boolean on, Set<Channel> channels) {
        Candidate plain = Cases.treated(Priority.NORMAL, false, false);
        Candidate candidate = new Candidate(
                plain.notification(),
                null,
                null,
                null,
                plain.type(),
                plain.category(),
                plain.priority(),
                channels,
                false,
                false);
        RecipientState recipient = Cases.reachable(Cases.choices(type, category, on));
        return words(
                Decide.decide(candidate, Channel.EMAIL, recipient, Passed.nothing(candidate, Cases.NOW), Cases.NOW));
    }

    private static @Nullable Choice[] orNone() {
        return Stream.concat(Stream.of((Choice) null), Stream.of(Choice.values()))
                .toArray(Choice[]::new);
    }

    private static String word(@Nullable Choice choice) {
        return choice == null ? "–" : choice.name().toLowerCase(Locale.ROOT);
    }

    private static String cell(Channel channel, boolean critical, Situation... situations) {
        String words = words(Situation.decide(channel, critical, situations));
        return words.equals("goes out") ? PASSES : words;
    }

    private static String words(Decision decision) {
        return switch (decision) {
            case Deliver deliver -> deliver.silent() ? "silent" : "goes out";
            case Hold hold -> "waits: " + code(hold);
            case Suppress suppress -> code(suppress);
        };
    }

    private static String code(Decision decision) {
        return switch (decision) {
            case Deliver ignored -> "";
            case Hold hold -> '`' + gateCode(hold.gate()) + '`';
            case Suppress suppress -> '`' + suppress.reason().code() + '`';
        };
    }

    /** The reason of the outcome: the gate's name, but for caps. */
    private static String gateCode(Gate gate) {
        return gate == Gate.CAPPED ? Reason.FREQUENCY_CAP.code() : gate.name().toLowerCase(Locale.ROOT);
    }

    private static String table(List<List<String>> rows) {
        return rows.stream()
                        .map(row -> "| " + String.join(" | ", row) + " |\n")
                        .collect(Collectors.joining())
                        .replaceFirst("\n", "\n" + "|---".repeat(rows.getFirst().size()) + "|\n")
                + END;
    }

    private static String replaced(String page, String mark, String table) {
        int from = page.indexOf(mark) + mark.length();
        int to = page.indexOf(END, from) + END.length();
        assertThat(from).as("the page has the mark %s", mark).isGreaterThanOrEqualTo(mark.length());
        return page.substring(0, from) + table + page.substring(to);
    }
}
