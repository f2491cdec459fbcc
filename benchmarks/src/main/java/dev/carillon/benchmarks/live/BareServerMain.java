package dev.carillon.benchmarks.live;

import dev.carillon.benchmarks.load.Arguments;
import dev.carillon.benchmarks.load.Reporting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The floor of the live stream: takes the same connections, reads the same topic, and writes each record's bytes to the
 * sockets of its recipient with one system call per socket and poll; no sessions, no resuming, nothing parsed.
 */
public final class BareServerMain {
    private static final Pattern SUBJECT = Pattern.compile("\"sub\":\"([^\"]+)\"");
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nevent: connected\ndata: {}\n\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE = "event: notification\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, List<SocketChannel>> connections = new ConcurrentHashMap<>();

    private BareServerMain() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        BareServerMain server = new BareServerMain();
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Thread.ofPlatform().daemon().start(() -> server.accept(listener));
        if (arguments.values().containsKey("topic")) {
            Thread.ofPlatform().daemon().start(() -> server.follow(arguments));
        }
        Reporting.ready(((InetSocketAddress) listener.getLocalAddress()).getPort());
        Reporting.awaitEnd();
    }

    private void accept(ServerSocketChannel listener) {
        ByteBuffer request = ByteBuffer.allocateDirect(8 << 10);
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                request.clear();
                String text = "";
                while (!text.contains("\r\n\r\n") && channel.read(request) >= 0) {
                    text = StandardCharsets.US_ASCII
                            .decode(request.duplicate().flip())
                            .toString();
                }
                channel.write(ByteBuffer.wrap(HEAD));
                connections
                        .computeIfAbsent(recipient(text), name -> new CopyOnWriteArrayList<>())
                        .add(channel);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bare server no longer accepts", e);
        }
    }

    private static String recipient(String request) {
        String token = request.replaceFirst("(?s).*Bearer [^.]+\\.([^.]+)\\..*", "$1");
        Matcher subject = SUBJECT.matcher(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        if (!subject.find()) {
            throw new IllegalStateException("a token without a subject");
        }
        return subject.group(1);
    }

    private void follow(Arguments arguments) {
        List<TopicPartition> all = IntStream.range(0, arguments.number("partitions"))
                .mapToObj(partition -> new TopicPartition(arguments.text("topic"), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", arguments.text("broker")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToEnd(all);
            while (true) {
                write(consumer.poll(Duration.ofMillis(500)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a client has gone", e);
        }
    }

    private void write(Iterable<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        Map<SocketChannel, List<ByteBuffer>> writes = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            ByteBuffer frame = ByteBuffer.allocateDirect(BEFORE.length + value.length + AFTER.length)
                    .put(BEFORE)
                    .put(value)
                    .put(AFTER)
                    .flip();
            for (SocketChannel channel :
                    connections.getOrDefault(new String(record.key(), StandardCharsets.UTF_8), List.of())) {
                writes.computeIfAbsent(channel, c -> new ArrayList<>()).add(frame.duplicate());
            }
        }
        for (Map.Entry<SocketChannel, List<ByteBuffer>> write : writes.entrySet()) {
            ByteBuffer[] frames = write.getValue().toArray(ByteBuffer[]::new);
            while (frames[frames.length - 1].hasRemaining()) {
                write.getKey().write(frames);
            }
        }
    }
}
