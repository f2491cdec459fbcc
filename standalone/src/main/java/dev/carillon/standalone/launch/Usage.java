package dev.carillon.standalone.launch;

/** The answer to {@code --help}. */
public final class Usage {

    public static final String TEXT = """
            Carillon: everything in one process, with its own Kafka broker, PostgreSQL and mail inbox.

            Usage: carillon [options]
                   carillon servers  starts Kafka and PostgreSQL only, and prints the variables that lead services there
                   carillon vapid    makes a key pair for Web Push
                   carillon bench    measures every stage; carillon bench --help explains it

              --data DIR        keep everything in DIR (default: .carillon)
              --ephemeral       keep nothing after the stop
              --port PORT       HTTP port (default: 8080; 0: any free one)
              --host ADDRESS    address to listen on (default: 127.0.0.1, this machine only)
              --demo, --no-demo give demo tokens at /demo/* (default: only while listening on this machine only)
              --NAME=VALUE      any setting of docs/configuration.md, such as --carillon.email.from=me@example.org
              --version         show the version
              --help            show this

            Ctrl-C stops it cleanly.
            """;

    private Usage() {}
}
