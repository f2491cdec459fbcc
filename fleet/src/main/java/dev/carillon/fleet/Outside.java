package dev.carillon.fleet;

import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;

/** The broker and the database that the services are told of. */
public record Outside(String bootstrapServers, String topicPrefix, TestDatabase database) {

    /** An empty corner of the servers that all tests of this JVM share. */
    public static Outside shared() {
        return new Outside(
                TestInfrastructure.bootstrapServers(),
                TestInfrastructure.freshTopicPrefix(),
                TestInfrastructure.freshDatabase());
    }
}
