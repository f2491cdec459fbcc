package dev.carillon.push.webpush;

import com.sun.management.OperatingSystemMXBean;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.TestCertificate;
import dev.carillon.testsupport.webpush.TestPushService;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares requests with every encryption on one thread, by the processor time of that thread, so that a busy machine
 * does not count; then sends some over TLS and HTTP/2 to a service in the same process that answers each.
 *
 * <p>Run its {@code main} with {@code --enable-native-access=ALL-UNNAMED}; the first argument is seconds for each figure.
 */
final class WebPushBenchmark {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final byte[] PAYLOAD = "x".repeat(230).getBytes(StandardCharsets.US_ASCII);
    private static final VapidKeyPair PAIR = VapidKeyPair.generate();
    private static final VapidTokens TOKENS = new VapidTokens(new VapidSubject("ops@example.org"), CLOCK);
    private static final int IN_FLIGHT = 256;

    private WebPushBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5;
        for (int round = 1; round <= 2; round++) {
            prepare("webpush-java", WebPushJavaEncryption::new, seconds, round);
            prepare("jdk", () -> new Aes128Gcm(CryptoProviders.jdk()), seconds, round);
            prepare("bouncycastle", () -> new Aes128Gcm(CryptoProviders.bouncycastle()), seconds, round);
            prepare("conscrypt", () -> new Aes128Gcm(CryptoProviders.conscrypt()), seconds, round);
            prepare("corretto", () -> new Aes128Gcm(CryptoProviders.corretto()), seconds, round);
        }
        send(seconds);
    }

    private static void prepare(String name, Supplier<MessageEncryption> choice, long seconds, int round) {
        MessageEncryption encryption = open(choice);
        if (encryption == null) {
            System.out.printf("round %d, prepared with %s: not available here%n", round, name);
            return;
        }
        PushDevice device = new PushDevice("https://push.example/send/1");
        long count = 0;
        long bytes = 0;
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long cpu = thread.getCurrentThreadCpuTime();
        long end = cpu + TimeUnit.SECONDS.toNanos(seconds);
        while (thread.getCurrentThreadCpuTime() < end) {
            for (int i = 0; i < 20; i++) {
                bytes += request(encryption, device).body().remaining();
                count++;
            }
        }
        System.out.printf(
                "round %d, prepared with %s: %,.0f per second of processor time (%d bytes each)%n",
                round, name, count * 1e9 / (thread.getCurrentThreadCpuTime() - cpu), bytes / count);
    }

    private static void send(long seconds) throws InterruptedException {
        TestCertificate certificate = new TestCertificate(CLOCK);
        MessageEncryption encryption = MessageEncryptions.choose(EncryptionChoice.AUTO);
        PushHttpSettings settings = new PushHttpSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(60), 8, 4_096, null);
        EndpointPolicy policy = new EndpointPolicy(List.of("*"), true, "carillon.push.endpoint.hosts");
        try (TestPushService service = TestPushService.secure(certificate, CLOCK);
                PushHttp http = PushHttp.start(settings, policy, HostLookup.system(), certificate.trust(), CLOCK)) {
            List<PushDevice> devices = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                devices.add(service.sink());
            }
            for (int round = 1; round <= 2; round++) {
                send(http, encryption, devices, seconds, round);
            }
        }
    }

    private static void send(
            PushHttp http, MessageEncryption encryption, List<PushDevice> devices, long seconds, int round)
            throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        AtomicInteger accepted = new AtomicInteger();
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; System.nanoTime() < end; i++) {
            free.acquire();
            var _ = http.send(request(encryption, devices.get(i % devices.size())), Duration.ofSeconds(8))
                    .thenAccept(answer -> {
                        if (answer instanceof PushAnswer.Accepted) {
                            accepted.incrementAndGet();
                        }
                        free.release();
                    });
        }
        free.acquire(IN_FLIGHT);
        System.out.printf(
                "round %d, prepared, sent over TLS and HTTP/2 and answered in this process:"
                        + " %,.0f/s, %,.0f per second of processor time%n",
                round,
                accepted.get() * 1e9 / (System.nanoTime() - start),
                accepted.get() * 1e9 / (process.getProcessCpuTime() - cpu));
    }

    private static PushRequest request(MessageEncryption encryption, PushDevice device) {
        URI endpoint = URI.create(device.endpoint());
        return new PushRequest(
                endpoint,
                TOKENS.authorization(PushOrigin.of(endpoint), PAIR),
                Duration.ofDays(1),
                Urgency.NORMAL,
                PushTopic.of("group"),
                ByteBuffer.wrap(encryption.encrypt(PAYLOAD, SubscriberKeys.parse(device.p256dh(), device.auth()))));
    }

    private static @Nullable MessageEncryption open(Supplier<MessageEncryption> choice) {
        try {
            return choice.get();
        } catch (IllegalStateException e) {
            return null;
        }
    }
}
