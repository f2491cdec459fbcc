package dev.carillon.guarantees;

import dev.carillon.guarantees.load.EventKind;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.testsupport.TopicProbe;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does behind the pipeline's back what a defect would do: takes something away, and lets something happen twice.
 *
 * @param recipient whose deliveries are repeated: she watches all the time, and stops none of them
 */
record Tampering(World world, String recipient) {

    /** Whether there is something to repeat on every channel. */
    boolean canRepeat() {
        return Stream.of(Channel.values()).noneMatch(channel -> news(channel).isEmpty());
    }

    /** How much of the news of all others has been read. */
    int readByOthers() throws SQLException {
        try (Connection connection = world.ownDatabase().connect();
                var asked = connection.createStatement();
                var count = asked.executeQuery(
                        "select count(*) from inapp.feed where read_at is not null and " + newsOfOthers())) {
            count.next();
            return count.getInt(1);
        }
    }

    /** Of rows of feeds: what is there, and is no repetition. */
    String newsOfOthers() {
        return "dismissed_at is null and type = '" + EventKind.NEWS.type() + "' and recipient <> '" + recipient + "'";
    }

    /** @return how many rows it concerned */
    int sql(String statement) throws SQLException {
        try (Connection connection = world.ownDatabase().connect();
                var changed = connection.createStatement()) {
            return changed.executeUpdate(statement);
        }
    }

    /** Lets her newest single delivery of news on a channel be made again under another id. */
    void repeatUnderAnotherId(Channel channel) {
        Delivery last = last(channel);
        ObjectNode copy = (ObjectNode) Json.mapper().valueToTree(last);
        copy.put("id", new DeliveryId(UUID.randomUUID()).toString());
        if (channel == Channel.INAPP) {
            ((ObjectNode) copy.path("notification")).put("id", UUID.randomUUID().toString());
        }
        send(channel, last, copy);
    }

    /** Lets her newest single delivery of news on a channel be made again as it is. */
    void repeat(Channel channel) {
        Delivery last = last(channel);
        send(channel, last, Json.mapper().valueToTree(last));
    }

    private Delivery last(Channel channel) {
        return news(channel).getLast();
    }

    private List<Delivery> news(Channel channel) {
        return probe().readAll(world.topics().deliveries(channel).name()).stream()
                .map(record -> Json.read(record.value(), Delivery.class))
                .filter(delivery -> delivery.recipient().value().equals(recipient)
                        && !delivery.merged()
                        && EventKind.NEWS.type().equals(delivery.notification().type()))
                .toList();
    }

    private void send(Channel channel, Delivery delivery, JsonNode value) {
        TopicSpec topic = world.topics().deliveries(channel);
        int partition = Partitions.of(delivery.recipient(), topic.partitions());
        probe().send(topic.name(), partition, delivery.recipient().value(), Json.write(value));
    }

    private TopicProbe probe() {
        return new TopicProbe(world.broker().bootstrapServers());
    }
}
