package dev.carillon.platform.startup;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names of settings that people know from other systems; the environment may use them instead of ours. */
public final class ConfigurationAliases {
    private static final Map<String, String> ALIASES = new LinkedHashMap<>();

    static {
        ALIASES.put("SMTP_HOST", "carillon.email.smtp.host");
        ALIASES.put("SMTP_PORT", "carillon.email.smtp.port");
        ALIASES.put("SMTP_USERNAME", "carillon.email.smtp.username");
        ALIASES.put("SMTP_PASSWORD", "carillon.email.smtp.password");
        ALIASES.put("SMTP_FROM_EMAIL", "carillon.email.from");
        ALIASES.put("VAPID_PUBLIC_KEY", "carillon.push.vapid.public-key");
        ALIASES.put("VAPID_PRIVATE_KEY", "carillon.push.vapid.private-key");
        ALIASES.put("VAPID_EMAIL", "carillon.push.vapid.subject");
        ALIASES.put("NOTIFICATION_RETENTION_DAYS", "carillon.inapp.retention.read-days");
        ALIASES.put("MAX_NOTIFICATIONS_PER_USER", "carillon.inapp.retention.max-per-recipient");
        ALIASES.put("SSE_HEARTBEAT_INTERVAL", "carillon.inapp.live.heartbeat");
        ALIASES.put("CARILLON_OPERATOR_TOKEN", "carillon.operator.token");
        ALIASES.put("CARILLON_UNSUBSCRIBE_SECRET", "carillon.email.unsubscribe.secret");
        ALIASES.put("CARILLON_PUBLIC_ORIGIN", "carillon.email.unsubscribe.origin");
        ALIASES.put("CARILLON_BOOTSTRAP_KEY", "carillon.ingest.bootstrap-key");
    }

    private ConfigurationAliases() {}

    /** Alias by alias, the property it stands for. */
    public static Map<String, String> all() {
        return Map.copyOf(ALIASES);
    }

    /** The properties that {@code environment} sets through aliases. */
    static Map<String, Object> resolve(Map<String, String> environment) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        ALIASES.forEach((alias, property) -> {
            String value = environment.get(alias);
            if (value != null && !value.isBlank()) {
                resolved.put(property, value);
            }
        });
        return resolved;
    }
}
