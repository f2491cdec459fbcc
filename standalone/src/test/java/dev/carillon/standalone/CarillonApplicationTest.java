package dev.carillon.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.ChildProcess.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarillonApplicationTest {

    /** What users see, instead of what tests of this class path log. */
    private static final String LOGGING = "-Dlogging.config=classpath:logback.xml";

    private static final Duration WAIT = Duration.ofMinutes(5);

    @TempDir
    Path temp;

    @Test
    void startsStopsOnASignalAndStartsAgainAfterAKill() throws Exception {
        int port = LoopbackPort.choose(0);
        Path data = temp.resolve("data");
        try (ChildProcess first = start("--data", data.toString(), "--port", Integer.toString(port))) {
            assertThat(first.awaitLine("Carillon is ready", WAIT)).contains("http://127.0.0.1:" + port);
            answersOnlyToTheNamesOfThisMachine(port);
            assertRefused("is in use by another running Carillon", "--data", data.toString());
            assertThat(first.terminate(WAIT)).isIn(0, 143);
            assertThat(first.log())
                    .noneMatch(line -> line.contains("Exception"))
                    .containsSubsequence("Stopping Carillon…", "Stopped.");
            assertThat(indexOf(first, "The router is RUNNING")).isLessThan(indexOf(first, "Carillon is ready"));
        }
        try (ChildProcess killed = start("--data", data.toString(), "--port", Integer.toString(port))) {
            killed.awaitLine("Carillon is ready", WAIT);
            killed.kill();
        }
        try (ChildProcess again = start("--data", data.toString(), "--port", Integer.toString(port))) {
            again.awaitLine("Carillon is ready", WAIT);
            again.terminate(WAIT);
        }
    }

    @Test
    void listensOnTheLoopbackOfIpv6() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6 loopback");
        int port = LoopbackPort.choose(0);
        try (ChildProcess six = start("--ephemeral", "--host", "::1", "--port", Integer.toString(port))) {
            assertThat(six.awaitLine("Carillon is ready", WAIT)).contains("open http://[::1]:" + port + "/");
            assertThat(get(port, "[::1]").statusCode()).isEqualTo(200);
            assertThat(six.log()).noneMatch(line -> line.contains("the demo"));
        }
    }

    private static int indexOf(ChildProcess process, String text) {
        List<String> lines = process.log();
        return IntStream.range(0, lines.size())
                .filter(index -> lines.get(index).contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line says " + text));
    }

    private static boolean hasIpv6() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void saysInOneSentenceWhatStandsInTheWay() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused("Port " + taken.getLocalPort(), "--port", Integer.toString(taken.getLocalPort()));
        }
        Path file = Files.createFile(temp.resolve("file"));
        assertRefused("is not a directory", "--data", file.toString());
        Path newer = Files.createDirectory(temp.resolve("newer"));
        Files.writeString(newer.resolve("carillon.format"), "99");
        assertRefused("newer Carillon", "--data", newer.toString());
        assertRefused("--prot", "--prot", "80");
        assertRefused("did you mean carillon.topics.partitions?", "--carillon.topics.partitons=3");
        assertRefused("choose one of its own with --host", "--host", "192.0.2.1");
        if (Files.isDirectory(Path.of("/proc"))) {
            assertRefused("cannot be created in /proc", "--data", "/proc/nope");
        }
    }

    private static void answersOnlyToTheNamesOfThisMachine(int port) throws IOException, InterruptedException {
        assertThat(get(port, "127.0.0.1").statusCode()).isEqualTo(200);
        assertThat(get(port, "localhost").statusCode()).isEqualTo(200);
        assertThat(rawStatus(port, "evil.example")).contains(" 421 ");
    }

    private void assertRefused(String sentence, String... arguments) {
        boolean choosesPort = List.of(arguments).contains("--port");
        String[] all = choosesPort ? arguments : with(arguments, "--port", Integer.toString(LoopbackPort.choose(0)));
        try (ChildProcess child = start(all)) {
            assertThat(child.awaitExit(WAIT)).isIn(1, 2);
            assertThat(child.log())
                    .filteredOn(line -> !line.startsWith("Starting "))
                    .singleElement()
                    .asString()
                    .contains(sentence);
        }
    }

    private ChildProcess start(String... arguments) {
        return ChildProcess.start(new Command(CarillonApplication.class, arguments)
                .jvm(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.dir=" + temp,
                        "--sun-misc-unsafe-memory-access=allow",
                        LOGGING));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(List.of(arguments).stream(), List.of(more).stream())
                .toArray(String[]::new);
    }

    private static HttpResponse<String> get(int port, String host) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://" + host + ":" + port + "/demo/mails");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    /** The JDK's client does not let a caller choose the Host. */
    private static String rawStatus(int port, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /demo/mails HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
