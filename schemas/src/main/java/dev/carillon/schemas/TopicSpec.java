package dev.carillon.schemas;

import java.util.Map;

/**
 * A topic as every service creates and checks it.
 *
 * @param name with the installation's prefix
 * @param keyedBy what its key says and who owns a record
 * @param partitions fixed for the life of an installation
 * @param config broker-side settings that differ from the broker's defaults
 */
public record TopicSpec(String name, Keying keyedBy, int partitions, Map<String, String> config) {

    public TopicSpec {
        config = Map.copyOf(config);
    }

    /** How records find their partition. */
    public enum Keying {
        /** The key is the recipient's id (or begins with it); {@link Partitions} chooses. */
        RECIPIENT,
        /** The key is an event's uid, or a question about it; the producer names the partition that owns the targets. */
        TARGET_OWNER,
        /** Any key, or none: whoever writes chooses. */
        ANY,
        /** One partition, any key. */
        SINGLE
    }
}
