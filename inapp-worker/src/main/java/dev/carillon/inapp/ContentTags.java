package dev.carillon.inapp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.util.DigestUtils;

/** ETags of files by what is in them: in an archive all have the time at which nothing was built. */
final class ContentTags implements Function<Resource, String> {
    private final Map<String, String> known = new ConcurrentHashMap<>();

    @Override
    public String apply(Resource file) {
        return known.computeIfAbsent(file.getDescription(), name -> tag(file));
    }

    private static String tag(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return DigestUtils.md5DigestAsHex(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
