package dev.carillon.testsupport;

import java.sql.SQLException;

/** A broker and a database server, wherever they come from. */
sealed interface TestServers extends AutoCloseable permits EmbeddedServers, ContainerServers {

    String bootstrapServers();

    TestDatabase createDatabase(String name) throws SQLException;

    @Override
    void close();
}
