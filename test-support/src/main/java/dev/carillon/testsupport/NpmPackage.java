package dev.carillon.testsupport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A package of npm with what it needs, fetched for a test into the build's folder. */
public final class NpmPackage {
    private NpmPackage() {}

    /**
     * Where modules find it. Where there is no npm it is {@link Missing}; the test is skipped in any case, with a printed
     * reason, where npm cannot fetch it: not everybody who builds has a registry.
     */
    public static Path fetched(String name, String version) {
        Path folder = Path.of("target", "npm", name + "-" + version).toAbsolutePath();
        if (!Files.isRegularFile(folder.resolve("node_modules").resolve(name).resolve("package.json"))) {
            Missing.unless(Missing.starts("npm"), name + " is fetched by npm, which is not installed");
            String said = fetch(folder, name + "@" + version);
            boolean there = said.isEmpty();
            if (!there) {
                System.out.println("skipped: npm does not fetch " + name + ": " + said);
            }
            Assumptions.assumeTrue(there, "npm does not fetch " + name);
        }
        return folder;
    }

    /** Empty, or why not. */
    private static String fetch(Path folder, String what) {
        try {
            Files.createDirectories(folder);
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--prefix=" + folder,
                            "--no-save",
                            "--no-package-lock",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--prefer-offline",
                            "--fetch-retries=1",
                            "--loglevel=error",
                            what)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return npm.waitFor() == 0 ? "" : output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
