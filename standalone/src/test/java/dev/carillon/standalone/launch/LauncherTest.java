package dev.carillon.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code carillon}, with programs in place of Maven and the JDK that write down how they were called. */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "carillon").toAbsolutePath().normalize();

    /** Writes one line per call, its arguments apart; unpacks and trains as the JDK does. */
    private static final String JAVA = """
            { printf 'java'; printf '<%s>' "$@"; echo; } >>"$CALLS"
            for argument; do
              case $argument in
                -XX:AOTCacheOutput=*) echo trained >"${argument#*=}" ;;
              esac
              if [ "${last:-}" = --destination ]; then
                mkdir -p "$argument" && echo unpacked >"$argument/carillon-exec.jar"
              fi
              last=$argument
            done
            """;

    @TempDir
    private Path temp;

    private Path home;
    private Path calls;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(temp.resolve("home with blanks"));
        calls = temp.resolve("calls");
        Files.copy(SCRIPT, home.resolve("carillon"));
        Files.createFile(home.resolve("pom.xml"));
        Path jdk = temp.resolve("jdk");
        program(jdk.resolve("bin/java"), JAVA);
        program(jdk.resolve("bin/javac"), "echo 'javac 25'\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void buildsOnceAndThenOnlyWhenASourceIsNewer() throws Exception {
        maven("mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar\n");
        Path source = Files.createDirectories(home.resolve("router-stream/src/main"));

        assertThat(run("--ephemeral").status()).isZero();
        assertThat(run("--ephemeral").status()).isZero();
        assertThat(builds()).isEqualTo(1);

        Files.setLastModifiedTime(
                Files.createFile(source.resolve("New.java")),
                FileTime.fromMillis(Files.getLastModifiedTime(home.resolve("standalone/target/carillon.built"))
                                .toMillis()
                        + 2_000));
        assertThat(run("--ephemeral").status()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void keepsDataBesideItselfUnlessToldOtherwise() throws Exception {
        maven("mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar\n");

        run();
        assertThat(lastCall()).endsWith("<--data><" + home.toRealPath().resolve(".carillon") + ">");
        run("--data", "elsewhere");
        assertThat(lastCall()).endsWith("<--data><elsewhere>");
        run("--ephemeral", "--port", "0");
        assertThat(lastCall()).endsWith("<--ephemeral><--port><0>");
    }

    @Test
    void startsFromWhatItUnpackedAndTrainedAlsoInAFolderWithBlanks() throws Exception {
        maven("mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar\n");

        run("--ephemeral");
        run("--ephemeral");

        String target = home.toRealPath().resolve("standalone/target").toString();
        assertThat(lastCall())
                .matches(".*<-XX:AOTCache=\\Q" + target + "\\E/carillon-run-[0-9]+/carillon-[0-9]+\\.aot>.*")
                .matches(".*<-jar><\\Q" + target + "\\E/carillon-run-[0-9]+/carillon-exec\\.jar><--ephemeral>");
        assertThat(Files.readAllLines(calls).stream().filter(call -> call.contains("AOTCacheOutput")))
                .hasSize(1);
    }

    @Test
    void showsASignOfLifeWhileItPrepares() throws Exception {
        maven("""
                echo '[INFO] Building Carillon: schemas 0.1.0-SNAPSHOT   [2/12]'
                mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar
                """);
        // It ends when the sign has come, or has not for far too long.
        program(temp.resolve("jdk/bin/java"), """
                case $* in
                  *--rehearsal*)
                    tries=0
                    until grep -q '^  5 s$' '%s' || [ $tries = 60 ]; do
                      tries=$((tries + 1))
                      sleep 1
                    done
                    ;;
                esac
                """.formatted(output()) + JAVA);

        Ended ended = run("--ephemeral");

        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .contains("  schemas")
                .noneMatch(line -> line.contains("/12]"))
                .containsSubsequence(
                        "Preparing fast starts (once per build): starts Carillon once and stops it, about half a minute...",
                        "  5 s");
    }

    @Test
    void startsWithoutWhatItCouldNotPrepare() throws Exception {
        maven("mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar\n");
        program(temp.resolve("jdk/bin/java"), "case $* in *--rehearsal*) exit 1 ;; esac\n" + JAVA);

        Ended ended = run("--ephemeral");

        assertThat(ended.status()).isZero();
        assertThat(ended.output()).anyMatch(line -> line.contains("Carillon starts without them"));
        assertThat(lastCall()).doesNotContain("AOTCache").endsWith("<--ephemeral>");
    }

    @Test
    void explainsItsOptionsWithoutABuildOrAStart() throws Exception {
        Path usage = Path.of("src/main/java/dev/carillon/standalone/launch/Usage.java");
        Path copy = home.resolve("standalone").resolve(usage);
        Files.createDirectories(copy.getParent());
        Files.copy(usage, copy);

        Ended ended = run("--help");

        assertThat(ended.status()).isZero();
        assertThat(String.join("\n", ended.output())).isEqualTo(Usage.TEXT.strip());
        assertThat(calls).doesNotExist();
    }

    @Test
    void saysItsVersionWithoutABuildOrAStart() throws Exception {
        Files.copy(SCRIPT.resolveSibling("pom.xml"), home.resolve("pom.xml"), StandardCopyOption.REPLACE_EXISTING);
        String pom = Files.readString(home.resolve("pom.xml"));
        int artifact = pom.indexOf("<artifactId>carillon</artifactId>");
        String version = pom.substring(pom.indexOf("<version>", artifact) + 9, pom.indexOf("</version>", artifact));
        Ended ended = run("--version");
        assertThat(ended.status()).isZero();
        assertThat(ended.output()).containsExactly("carillon " + version);
        assertThat(calls).doesNotExist();
    }

    @Test
    void makesPushKeysWithoutATrainingOrADataDirectory() throws Exception {
        maven("mkdir -p standalone/target && echo jar >standalone/target/carillon-exec.jar\n");
        assertThat(run("vapid").status()).isZero();
        assertThat(Files.readAllLines(calls)).hasSize(2);
        assertThat(lastCall()).endsWith("/standalone/target/carillon-exec.jar><vapid>");
    }

    @Test
    void saysWhyTheBuildFailedAndWhereItsLogIs() throws Exception {
        maven("echo '[INFO] Building Carillon: schemas 1'; echo '[ERROR] no such symbol'; exit 1\n");

        Ended ended = run();

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .anyMatch(line -> line.strip().equals("schemas"))
                .contains("[ERROR] no such symbol")
                .last()
                .asString()
                .startsWith("carillon: the build failed; its log is ")
                .endsWith("carillon-build.log");
        assertThat(Files.readString(calls)).doesNotContain("<-jar>");
    }

    private record Ended(int status, List<String> output) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", home.resolve("carillon").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().put("CALLS", calls.toString());
        builder.environment().merge("PATH", temp.resolve("maven").toString(), (path, first) -> first + ":" + path);
        int status = builder.start().waitFor();
        return new Ended(status, Files.readAllLines(output()));
    }

    private Path output() {
        return temp.resolve("output");
    }

    private void maven(String script) throws IOException {
        program(temp.resolve("maven/mvn"), "echo \"mvn $*\" >>\"$CALLS\"\n" + script);
    }

    private long builds() throws IOException {
        try (var lines = Files.lines(calls)) {
            return lines.filter(line -> line.startsWith("mvn")).count();
        }
    }

    private String lastCall() throws IOException {
        return Files.readAllLines(calls).getLast();
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
