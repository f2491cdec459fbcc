package dev.carillon.testsupport.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds in a page. */
public final class Axe {
    private static final String CODE = "/axe.min.js";

    /** What is still fading in has less contrast than it will have; what moves without an end is not waited for. */
    private static final String SETTLED = """
            async () => {
              const shadows = [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot).filter(Boolean);
              const roots = [document, ...shadows];
              const ending = roots.flatMap((root) => root.getAnimations())
                .filter(({ playState, effect }) => playState === 'running' && Number.isFinite(effect.getComputedTiming().endTime));
              await Promise.allSettled(ending.map(({ finished }) => finished));
            }\
            """;

    private Axe() {}

    /** Against WCAG 2.1 AA and its own best practices: rule and element. */
    public static List<?> violations(Page page) {
        page.evaluate(SETTLED);
        page.evaluate(code());
        return (List<?>) page.evaluate("""
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })).violations
              .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`))\
            """);
    }

    private static String code() {
        try (InputStream code = Objects.requireNonNull(Axe.class.getResourceAsStream(CODE), CODE)) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
