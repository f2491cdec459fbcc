package dev.carillon.ingest.console.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may operate, and under which name.
 *
 * @param claim that must have one of {@code values}
 * @param displayClaim null: {@code oidc:} and the subject
 */
record Admission(
        String claim, List<String> values, @Nullable String displayClaim) {
    private static final int LONGEST_NAME = 128;

    /** Whether the claim is one of the values, or an array with one of them. */
    boolean admits(Map<String, Object> claims) {
        Object said = find(claims, claim);
        return said instanceof Collection<?> several
                ? several.stream().anyMatch(one -> values.contains(String.valueOf(one)))
                : said != null && values.contains(said.toString());
    }

    Person person(String issuer, String subject, Map<String, Object> claims) {
        UUID id = UUID.nameUUIDFromBytes((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
        String shown = displayClaim != null && find(claims, displayClaim) instanceof String text
                ? PlainLine.of(text, LONGEST_NAME)
                : "";
        return new Person(id, shown.isEmpty() ? PlainLine.of("oidc:" + subject, LONGEST_NAME) : shown);
    }

    /** Issuers use dots in names, and put objects into claims. */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        Object direct = claims.get(name);
        int dot = name.indexOf('.');
        if (direct != null || dot < 0) {
            return direct;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}
