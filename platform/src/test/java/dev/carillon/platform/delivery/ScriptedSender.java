package dev.carillon.platform.delivery;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sender that answers each recipient from a script, and accepts where the script is empty. */
final class ScriptedSender implements ChannelSender {
    private final Map<RecipientId, Queue<Reply>> scripts = new ConcurrentHashMap<>();
    private final List<Delivery> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean oneProvider = true;
    private volatile Reply otherwise = () -> new DeliveryOutcome.Accepted(null);

    /** What one attempt does. */
    interface Reply {
        DeliveryOutcome give() throws InterruptedException;
    }

    void script(RecipientId recipient, Reply... replies) {
        scripts.put(recipient, new ArrayDeque<>(List.of(replies)));
    }

    /** What everybody without a script is answered. */
    void otherwise(Reply reply) {
        otherwise = reply;
    }

    List<Delivery> attempts(RecipientId recipient) {
        return attempts.stream().filter(d -> d.recipient().equals(recipient)).toList();
    }

    /** From now on its failures say nothing about others. */
    void withSeveralProviders() {
        oneProvider = false;
    }

    @Override
    public boolean hasOneProvider() {
        return oneProvider;
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) throws InterruptedException {
        attempts.add(delivery);
        Queue<Reply> script = scripts.getOrDefault(delivery.recipient(), new ArrayDeque<>());
        Reply reply;
        synchronized (script) {
            reply = script.poll();
        }
        return reply == null ? otherwise.give() : reply.give();
    }
}
