package dev.carillon.standalone.server;

import dev.carillon.embedded.StartRefusedException;
import dev.carillon.push.webpush.VapidKeyPair;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What an installation must keep to itself, made at the first start: the key that signs end users' tokens, the first API
 * key, the demo's, and the key pair that push services know it by.
 */
public record Secrets(Map<String, String> properties) {

    private static final String FILE = "secrets.properties";

    public Secrets {
        properties = Map.copyOf(properties);
    }

    static Secrets fresh() {
        VapidKeyPair vapid = VapidKeyPair.generate();
        Map<String, String> made = new TreeMap<>();
        made.put("carillon.push.vapid.public-key", vapid.publicKey());
        made.put("carillon.push.vapid.private-key", vapid.privateKeyText());
        made.put("carillon.auth.jwt-secret", random());
        made.put("carillon.ingest.bootstrap-key", "ck_" + random());
        made.put("carillon.email.unsubscribe.secret", random());
        made.put("carillon.standalone.demo-key", "ck_" + random());
        return new Secrets(made);
    }

    /** Those of the directory; what is missing there is made and added. */
    static Secrets in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Properties kept = new Properties();
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    kept.load(reader);
                }
            }
            Map<String, String> all = new TreeMap<>(fresh().properties);
            kept.stringPropertyNames().forEach(name -> all.put(name, kept.getProperty(name)));
            if (all.size() > kept.size()) {
                write(file, all);
            }
            return new Secrets(all);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefusedException(
                    StartRefusedException.Reason.UNREADABLE,
                    "The file %s cannot be read or written; repair it, or remove it to get new secrets."
                            .formatted(file),
                    e);
        }
    }

    /** Keeps the values out of logs. */
    @Override
    public String toString() {
        return "Secrets" + properties.keySet();
    }

    private static void write(Path file, Map<String, String> all) throws IOException {
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        Path fresh = Files.createTempFile(file.getParent(), "secrets", ".new");
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(
                    fresh, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
