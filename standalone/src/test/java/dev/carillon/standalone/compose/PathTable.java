package dev.carillon.standalone.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which service the proxy sends a path to.
 *
 * @param exact locations with =
 * @param prefixes locations with ^~
 */
record PathTable(Map<String, String> exact, Map<String, String> prefixes) {

    private static final Pattern VARIABLE = Pattern.compile("set \\$(\\w+)\\s+http://([a-z-]+):8080;");
    private static final Pattern LOCATION =
            Pattern.compile("location (=|\\^~) (\\S+)\\s*\\{[^}]*?proxy_pass \\$(\\w+);");

    static PathTable read() throws IOException {
        String text = text();
        Map<String, String> services = new HashMap<>();
        VARIABLE.matcher(text).results().forEach(found -> services.put(found.group(1), found.group(2)));
        PathTable table = new PathTable(new LinkedHashMap<>(), new LinkedHashMap<>());
        Matcher locations = LOCATION.matcher(text);
        while (locations.find()) {
            Map<String, String> kind = locations.group(1).equals("=") ? table.exact : table.prefixes;
            kind.put(locations.group(2), services.getOrDefault(locations.group(3), "?"));
        }
        return table;
    }

    static String text() throws IOException {
        return Files.readString(ComposeFile.REPOSITORY.resolve("docker/proxy.conf"));
    }

    Optional<String> service(String path) {
        if (exact.containsKey(path)) {
            return Optional.of(exact.get(path));
        }
        return prefixes.entrySet().stream()
                .filter(prefix -> path.startsWith(prefix.getKey()))
                .max(Comparator.comparingInt(prefix -> prefix.getKey().length()))
                .map(Map.Entry::getValue);
    }
}
