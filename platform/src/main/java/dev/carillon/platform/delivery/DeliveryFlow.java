package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.platform.delivery.Settler.Ending;
import dev.carillon.platform.logging.LogIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of records from a poll to their end: one recipient's in order, all others beside each other. */
final class DeliveryFlow {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFlow.class);

    private final Chains chains;
    private final Handling handling;
    private final Settlement settlement;
    private final Settler settler;

    DeliveryFlow(Chains chains, Handling handling, Settlement settlement, Settler settler) {
        this.chains = chains;
        this.handling = handling;
        this.settlement = settlement;
        this.settler = settler;
    }

    void accept(Received received, Frontier frontier) {
        Frontier.Entry entry = add(received.record(), frontier);
        chains.add(received.delivery().recipient(), nanos -> {
            if (frontier.start()) {
                handle(received, nanos, frontier, entry);
            }
        });
    }

    /** A record that is no delivery ends as a dead letter. */
    void refuse(ConsumerRecord<byte[], byte[]> record, String detail, Frontier frontier) {
        Frontier.Entry entry = add(record, frontier);
        if (frontier.start()) {
            settler.settle(new Ending(record, settlement.malformed(record, detail), () -> frontier.end(entry)));
        }
    }

    private static Frontier.Entry add(ConsumerRecord<byte[], byte[]> record, Frontier frontier) {
        return frontier.add(record.offset(), PollLoop.size(record));
    }

    private void handle(Received received, long nanos, Frontier frontier, Frontier.Entry entry)
            throws InterruptedException {
        Settled settled;
        try {
            settled = handling.handle(received, nanos);
        } catch (InterruptedException e) {
            frontier.stopped();
            throw e;
        } catch (RuntimeException e) {
            try (var _ = new LogIds(received.delivery().notification())) {
                LOG.error(
                        "delivery {} cannot be handled and goes to the dead letters",
                        received.delivery().id(),
                        e);
            }
            settled = settlement.failed(received, e.toString());
        }
        settler.settle(new Ending(received.record(), settled, () -> frontier.end(entry)));
    }
}
