package dev.carillon.ingest.apikey;

/** Which paths take a key, and which scope each needs. */
final class ApiKeyPaths {
    static final String EVENTS = "/api/v1/events";
    static final String SCHEDULES = "/api/v1/schedules";
    static final String[] PUBLISH = {EVENTS, EVENTS + "/**", SCHEDULES, SCHEDULES + "/**"};
    static final String[] MANAGE = {
        "/api/v1/recipients",
        "/api/v1/recipients/**",
        "/api/v1/audiences/**",
        "/api/v1/types",
        "/api/v1/types/**",
        "/api/v1/subjects/**"
    };
    /** What changes nothing: whoever publishes, manages or operates may look. */
    static final String[] LOOK = {EVENTS + "/*", "/api/v1/types", "/api/v1/types/*"};
    /** What is asked and not done. */
    static final String[] TRY = {EVENTS + "/explain", "/api/v1/types/*/preview"};

    static final String OPERATE_PREFIX = "/api/v1/ops/";
    static final String[] OPERATE = {
        OPERATE_PREFIX + "api-keys",
        OPERATE_PREFIX + "api-keys/**",
        OPERATE_PREFIX + "republish",
        OPERATE_PREFIX + "flow",
        OPERATE_PREFIX + "dead-letters",
        OPERATE_PREFIX + "dead-letters/**",
        OPERATE_PREFIX + "recipients/**",
        OPERATE_PREFIX + "hold-actions",
        OPERATE_PREFIX + "webhooks",
        OPERATE_PREFIX + "webhooks/**",
        OPERATE_PREFIX + "outcomes",
        OPERATE_PREFIX + "activity",
        OPERATE_PREFIX + "activity/**",
        OPERATE_PREFIX + "privacy-requests",
        OPERATE_PREFIX + "privacy-requests/**"
    };

    private ApiKeyPaths() {}

    static Scope scopeOf(String path) {
        if (path.startsWith(EVENTS) || path.startsWith(SCHEDULES)) {
            return Scope.PUBLISH;
        }
        return path.startsWith(OPERATE_PREFIX) ? Scope.OPERATE : Scope.MANAGE;
    }
}
