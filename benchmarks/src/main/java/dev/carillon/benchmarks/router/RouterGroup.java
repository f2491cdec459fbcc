package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.stage.BrokerProcess;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.MemberDescription;

/** Which router has which partitions, as their group says. */
final class RouterGroup {
    private static final long LOOK_NANOS = 20_000_000;

    private final BrokerProcess broker;
    private final String group;
    private final String intake;
    private final int partitions;

    RouterGroup(BrokerProcess broker, Topics topics) {
        this.broker = broker;
        this.group = topics.group(Service.ROUTER_STREAM, "");
        this.intake = topics.intake(Lane.DIRECT).name();
        this.partitions = topics.intake(Lane.DIRECT).partitions();
    }

    /** The partitions of an instance; none where it is no member. */
    Set<Integer> partitionsOf(String instance) {
        Set<Integer> all = new TreeSet<>();
        try {
            List<MemberDescription> members =
                    broker.admin().describeConsumerGroups(Set.of(group)).all().get().values().stream()
                            .flatMap(description -> description.members().stream())
                            .toList();
            for (MemberDescription member : members) {
                // Streams adds the number of the thread to the instance's name.
                if (member.groupInstanceId()
                        .filter(id -> id.startsWith(instance + "-"))
                        .isPresent()) {
                    member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals(intake))
                            .forEach(partition -> all.add(partition.partition()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the group " + group + " is not known", e);
        }
        return all;
    }

    /** Waits until so many routers share all partitions, each with one at least. */
    void awaitShared(int routers, Duration most) {
        await(most, "share the partitions", () -> {
            int assigned = 0;
            for (int router = 1; router <= routers; router++) {
                int own = partitionsOf("router-" + router).size();
                if (own == 0) {
                    return false;
                }
                assigned += own;
            }
            return assigned == partitions;
        });
    }

    /** Waits until {@code instance} has these, and says when that was, as {@link System#nanoTime()} does. */
    long awaitTaken(Set<Integer> lost, String instance, Duration most) {
        await(most, "take over", () -> partitionsOf(instance).containsAll(lost));
        return System.nanoTime();
    }

    private static void await(Duration most, String what, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - start > most.toNanos()) {
                throw new IllegalStateException("the routers do not " + what + " within " + most);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
