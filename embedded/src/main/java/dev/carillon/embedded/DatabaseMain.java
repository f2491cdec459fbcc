package dev.carillon.embedded;

/** The database under a process of its own, for tests that kill it: {@code [--directory DIR] [--port PORT]}. */
public final class DatabaseMain {

    private DatabaseMain() {}

    public static void main(String[] args) throws InterruptedException {
        ServerMain.run(args, arguments -> {
            EmbeddedDatabase database =
                    EmbeddedDatabase.start(new DatabaseSettings(arguments.directory(), arguments.port(), true));
            return new ServerMain.Running(
                    database.jdbcUrl() + " " + EmbeddedDatabase.USER + " " + database.password(), database::close);
        });
    }
}
