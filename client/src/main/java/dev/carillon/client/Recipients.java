package dev.carillon.client;

import java.util.Map;

/** Whom Carillon knows an address of. All calls need a key with the scope {@code manage}. */
public final class Recipients {
    private static final String PATH = "/api/v1/recipients/";

    private final Http http;

    Recipients(Http http) {
        this.http = http;
    }

    /** Registers or replaces: {@code name}, {@code email}, {@code locale}, {@code time_zone}, each of which may be absent. */
    public void register(String id, Map<String, ?> profile) {
        http.call("PUT", PATH + Http.segment(id), profile);
    }

    /** Sets preferences on a recipient's behalf, as docs/api.md has the document. */
    public void prefer(String id, Map<String, ?> preferences) {
        http.call("PUT", PATH + Http.segment(id) + "/preferences", preferences);
    }

    /** Also where nobody was. */
    public void delete(String id) {
        http.call("DELETE", PATH + Http.segment(id), null);
    }
}
