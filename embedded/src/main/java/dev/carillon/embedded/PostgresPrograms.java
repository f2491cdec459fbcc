package dev.carillon.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code initdb} and {@code pg_ctl} with our options. */
final class PostgresPrograms {

    private final Path bin;
    private final PostgresUser user;

    PostgresPrograms(Path unpacked, PostgresUser user) {
        this.bin = unpacked.resolve("bin");
        this.user = user;
    }

    /** Makes a database cluster whose one user is a superuser and must give the password of the file. */
    void initialise(Path data, Path passwordFile, boolean durable) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-D",
                data.toString(),
                "-U",
                EmbeddedDatabase.USER,
                "--pwfile",
                passwordFile.toString(),
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8"));
        if (!durable) {
            arguments.add("--no-sync");
        }
        ProcessCommand.Result result = run("initdb", arguments);
        if (result.exitCode() != 0) {
            throw new IOException("initdb said: " + lastLine(result.output()));
        }
    }

    /** Starts the server apart from this process's terminal, so that Ctrl-C does not reach it, and waits until it is ready. */
    void launch(Path data, Path log, int port, boolean durable) throws IOException {
        ProcessCommand.Result result = run(
                "pg_ctl",
                List.of(
                        "start",
                        "--wait",
                        "--timeout=60",
                        "--silent",
                        "--pgdata=" + data,
                        "--log=" + log,
                        "--options=" + options(port, durable)));
        if (result.exitCode() != 0) {
            throw new IOException(lastWords(log, result.output()));
        }
    }

    private static String lastWords(Path log, String output) throws IOException {
        List<String> fatal = Files.readString(log)
                .lines()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("could not"))
                .toList();
        return fatal.isEmpty() ? lastLine(output) : Sentences.of(fatal.getLast());
    }

    private static String options(int port, boolean durable) {
        String sync = durable ? "on" : "off";
        return Stream.of(
                        "port=" + port,
                        "listen_addresses=" + LoopbackPort.HOST,
                        "unix_socket_directories=",
                        "fsync=" + sync,
                        "synchronous_commit=" + sync,
                        "full_page_writes=" + sync,
                        "max_connections=200",
                        "shared_buffers=64MB",
                        "max_wal_size=512MB",
                        "io_method=sync",
                        "timezone=UTC",
                        "log_timezone=UTC")
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" "));
    }

    private ProcessCommand.Result run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        return ProcessCommand.run(command);
    }

    private static String lastLine(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "nothing" : Sentences.of(lines.getLast());
    }
}
