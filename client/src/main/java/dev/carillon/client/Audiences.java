package dev.carillon.client;

import java.util.Collection;
import java.util.Map;

/** Named sets of recipients. All calls need a key with the scope {@code manage}. */
public final class Audiences {
    private final Http http;

    Audiences(Http http) {
        this.http = http;
    }

    /** At most 1,000 at a time; who is a member already stays one. */
    public void add(String audience, Collection<String> recipients) {
        http.call("POST", members(audience), Map.of("add", recipients));
    }

    /** At most 1,000 at a time; also those who were none. */
    public void remove(String audience, Collection<String> recipients) {
        http.call("POST", members(audience), Map.of("remove", recipients));
    }

    /** These and nobody else, at most 1,000. */
    public void replace(String audience, Collection<String> recipients) {
        http.call("PUT", members(audience), Map.of("members", recipients));
    }

    private static String members(String audience) {
        return "/api/v1/audiences/" + Http.segment(audience) + "/members";
    }
}
