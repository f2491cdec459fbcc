package dev.carillon.standalone.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param data directory that keeps everything; null means a temporary one
 * @param port of HTTP; 0 means any free one
 * @param demo whether {@code /demo/*} gives tokens to whoever asks; by default only on the loopback
 * @param task what to do
 * @param rehearsal start, become ready, stop: what the launcher trains its AOT cache with
 * @param properties settings of the services, as {@code --name=value}
 */
public record LaunchOptions(
        @Nullable Path data,
        String host,
        int port,
        @Nullable Boolean demo,
        Task task,
        boolean rehearsal,
        List<String> properties) {
    /** What a command line asks for. */
    public enum Task {
        START,
        HELP,
        VERSION,
        VAPID,
        SERVERS
    }

    private static final Path DEFAULT_DATA = Path.of(".carillon");
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;

    public LaunchOptions {
        properties = List.copyOf(properties);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be between 0 and 65535, not " + port);
        }
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException in one sentence that names the option
     */
    public static LaunchOptions parse(String... arguments) {
        Draft draft = new Draft();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            draft.read(rest.next(), rest);
        }
        return draft.finish();
    }

    /** What the options still are while they are read. */
    private static final class Draft {
        private @Nullable Path data;
        private boolean ephemeral;
        private String host = DEFAULT_HOST;
        private int port = DEFAULT_PORT;
        private @Nullable Boolean demo;
        private Task task = Task.START;
        private boolean rehearsal;
        private final List<String> properties = new ArrayList<>();

        void read(String argument, Iterator<String> rest) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String given = equals < 0 ? null : argument.substring(equals + 1);
            switch (name) {
                case "--data" -> data = Path.of(value(name, given, rest));
                case "--host" -> host = value(name, given, rest);
                case "--port" -> port = number(name, value(name, given, rest));
                case "--ephemeral" -> ephemeral = true;
                case "--demo" -> demo = true;
                case "--no-demo" -> demo = false;
                case "--rehearsal" -> rehearsal = true;
                case "--help", "-h" -> task = Task.HELP;
                case "--version" -> task = Task.VERSION;
                case "vapid" -> task = Task.VAPID;
                case "servers" -> task = Task.SERVERS;
                default -> property(argument, name, given);
            }
        }

        LaunchOptions finish() {
            if (ephemeral && data != null) {
                throw new IllegalArgumentException("--ephemeral keeps nothing, so it cannot go with --data");
            }
            Path directory = ephemeral ? null : data == null ? DEFAULT_DATA : data;
            return new LaunchOptions(directory, host, port, demo, task, rehearsal, properties);
        }

        private void property(String argument, String name, @Nullable String value) {
            if (!name.startsWith("--") || !name.contains(".") || value == null) {
                throw new IllegalArgumentException(
                        "\"%s\" is not an option; --help lists them, and a setting is written --name=value"
                                .formatted(argument));
            }
            properties.add(argument);
        }

        private static String value(String name, @Nullable String given, Iterator<String> rest) {
            String value = given != null ? given : rest.hasNext() ? rest.next() : "";
            if (value.isBlank() || (given == null && value.startsWith("--"))) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            return value;
        }

        private static int number(String name, String value) {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " needs a number, not \"" + value + "\"", e);
            }
        }
    }
}
