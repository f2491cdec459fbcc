package dev.carillon.platform.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses and checks conditions: CEL with its standard functions and macros, of at most {@link #MOST_CHARACTERS}, that
 * yields true or false.
 */
public final class ConditionSyntax {
    public static final int MOST_CHARACTERS = 1_000;

    /** What loops over lists may do, all loops of an evaluation together. */
    private static final int MOST_ITERATIONS = 1_000;

    private static final int DEEPEST_NESTING = 32;
    private static final int LARGEST_REGEX = 1_000;

    static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .maxParseRecursionDepth(DEEPEST_NESTING)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LARGEST_REGEX)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final MapType FIELDS = MapType.create(SimpleType.STRING, SimpleType.DYN);

    /** The fields that a variable may have; a variable that is not listed has whatever the event has. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "recipient", Set.of("id", "name", "email", "locale", "time_zone"),
            "actor", Set.of("id", "name"));

    private ConditionSyntax() {}

    /** The first problem of {@code text}, or null where it is a condition. */
    public static @Nullable ConditionProblem check(String text) {
        CelValidationResult result = Compiler.CEL.compile(text);
        if (result.hasError()) {
            return problem(result);
        }
        try {
            return unknownField(result.getAst());
        } catch (dev.cel.common.CelValidationException e) {
            throw new IllegalStateException("a result without errors has a tree", e);
        }
    }

    /** @throws IllegalArgumentException where {@code text} is no condition */
    static CelAbstractSyntaxTree parse(String text) {
        ConditionProblem problem = check(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem.toString());
        }
        try {
            return Compiler.CEL.compile(text).getAst();
        } catch (dev.cel.common.CelValidationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static ConditionProblem problem(CelValidationResult result) {
        CelIssue first = result.getErrors().getFirst();
        CelSourceLocation where = first.getSourceLocation();
        return new ConditionProblem(
                Math.max(1, where.getLine()), Math.max(0, where.getColumn()) + 1, first.getMessage());
    }

    private static @Nullable ConditionProblem unknownField(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> unknownField(node.expr(), tree.getSource()))
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ConditionProblem unknownField(CelExpr expression, CelSource source) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.SELECT) {
            return null;
        }
        CelExpr.CelSelect select = expression.select();
        CelExpr operand = select.operand();
        Set<String> known = operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                ? KNOWN.get(operand.ident().name())
                : null;
        if (known == null || known.contains(select.field())) {
            return null;
        }
        Integer offset = source.getPositionsMap().get(expression.id());
        CelSourceLocation where = offset == null
                ? CelSourceLocation.of(1, 0)
                : source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
        String message = operand.ident().name() + " has no field " + select.field() + ", but "
                + String.join(", ", known.stream().sorted().toList());
        return new ConditionProblem(where.getLine(), where.getColumn() + 1, message);
    }

    /** Made when the first condition is met: it takes about a second, and most installations have none. */
    private static final class Compiler {
        static final CelCompiler CEL = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("data", FIELDS)
                .addVar("recipient", FIELDS)
                .addVar("actor", FIELDS)
                .addVar("subjects", ListType.create(FIELDS))
                .addVar("source", SimpleType.STRING)
                .addVar("type", SimpleType.STRING)
                .addVar("category", SimpleType.STRING)
                .addVar("level", SimpleType.STRING)
                .addVar("priority", SimpleType.STRING)
                .setResultType(SimpleType.BOOL)
                .build();
    }
}
