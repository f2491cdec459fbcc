package dev.carillon.platform.condition;

import dev.carillon.platform.condition.Verdict.Failed;
import dev.carillon.platform.condition.Verdict.Met;
import dev.carillon.platform.condition.Verdict.NotMet;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * A compiled condition. It reads maps, lists and scalars, calls CEL's own functions and nothing else; regular
 * expressions take linear time, and loops are bounded. Safe for all threads.
 */
public final class Condition {
    private static final int MOST_DETAIL = 200;

    private final CelRuntime.Program program;

    private Condition(CelRuntime.Program program) {
        this.program = program;
    }

    /** @throws IllegalArgumentException where {@code text} is no condition, see {@link ConditionSyntax} */
    public static Condition compile(String text) {
        try {
            return new Condition(Engine.CEL.createProgram(ConditionSyntax.parse(text)));
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @param values every variable that conditions may name; a null in them counts as absent */
    public Verdict evaluate(Map<String, Object> values) {
        try {
            return switch (program.eval(new DataView(values))) {
                case Boolean met -> met ? new Met() : new NotMet();
                default -> new Failed("neither true nor false");
            };
        } catch (CelEvaluationException e) {
            return new Failed(detail(e));
        }
    }

    /** Without the words that all messages begin with. */
    private static String detail(CelEvaluationException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^evaluation error( at [^ ]*)?: ", "");
        return message.length() > MOST_DETAIL ? message.substring(0, MOST_DETAIL) : message;
    }

    /** Made when the first condition is met. */
    private static final class Engine {
        static final CelRuntime CEL = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(ConditionSyntax.OPTIONS)
                .build();
    }
}
