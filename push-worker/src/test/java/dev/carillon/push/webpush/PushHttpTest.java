package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.push.webpush.PushAnswer.Accepted;
import dev.carillon.push.webpush.PushAnswer.Busy;
import dev.carillon.push.webpush.PushAnswer.Gone;
import dev.carillon.push.webpush.PushAnswer.Refused;
import dev.carillon.push.webpush.PushAnswer.TooLarge;
import dev.carillon.push.webpush.PushAnswer.Unreachable;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.TestCertificate;
import dev.carillon.testsupport.webpush.TestPushService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushHttpTest {
    private static final TestCertificate CERTIFICATE = new TestCertificate(Clock.systemUTC());
    private static final Clock CLOCK = Clock.systemUTC();
    private static final VapidKeyPair PAIR = VapidKeyPair.generate();

    private final TestPushService https = TestPushService.secure(CERTIFICATE, CLOCK);
    private final TestPushService plain = TestPushService.plain(CLOCK);
    private final PushHttp http = client(HostLookup.system(), true);
    private final VapidTokens tokens = new VapidTokens(new VapidSubject("mailto:ops@example.org"), CLOCK);
    private final MessageEncryption encryption = MessageEncryptions.choose(EncryptionChoice.AUTO);

    @AfterEach
    void close() {
        http.close();
        https.close();
        plain.close();
    }

    @Test
    void sendsOverHttp2WhatThePushServiceAcceptsAndTheBrowserReads() {
        PushDevice device = https.device();

        assertThat(send(http, device, "Grüße")).isEqualTo(new Accepted());

        assertThat(https.complaints()).isEmpty();
        var push = https.received(device).getFirst();
        assertThat(push.text()).isEqualTo("Grüße");
        assertThat(push.protocol()).isEqualTo("HTTP/2.0");
        assertThat(push.vapidSubject()).isEqualTo("mailto:ops@example.org");
        assertThat(push.headers())
                .containsAllEntriesOf(Map.of(
                        "ttl", "60",
                        "urgency", "high",
                        "topic", PushTopic.of("group").text(),
                        "content-encoding", "aes128gcm",
                        "content-type", "application/octet-stream"))
                .doesNotContainKeys("user-agent", "cookie");
    }

    @Test
    void sendsOverHttp11WhereThePushServiceSpeaksNothingElse() {
        PushDevice device = plain.device();

        assertThat(send(http, device, "text")).isEqualTo(new Accepted());
        assertThat(plain.received(device).getFirst().protocol()).isEqualTo("HTTP/1.1");
        assertThat(plain.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"201", "202", "200"})
    void takenIsAccepted(int status) {
        assertThat(answer(PushReply.status(status))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSubscriptionThatIsNoMoreIsGone(int status) {
        assertThat(answer(PushReply.status(status))).isEqualTo(new Gone(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405})
    void aRefusalKeepsThePushServicesWords(int status) {
        assertThat(answer(PushReply.status(status, "VapidPkHashMismatch\r\n")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.text())
                                .startsWith(status + ": ")
                                .endsWith("it says: VapidPkHashMismatch"));
    }

    @Test
    void aRefusedSignatureSaysWhetherTheClockIsWrongOrTheKey() {
        assertThat(answer(new PushReply.Status(401, Map.of("Date", "Tue, 03 Mar 2020 10:00:00 GMT"), "")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.text())
                                .contains("this machine's clock is ")
                                .contains(" minutes ahead of the push service's"));
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(CLOCK.instant().atZone(ZoneOffset.UTC));
        assertThat(answer(new PushReply.Status(403, Map.of("Date", now), "")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.text()).contains("another key than at subscribing (this"));
    }

    @Test
    void tooLongIsItsOwnAnswer() {
        assertThat(answer(PushReply.status(413))).isInstanceOf(TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void busyHonoursRetryAfter(int status) {
        assertThat(answer(PushReply.retryAfter(status, "120")))
                .isInstanceOfSatisfying(
                        Busy.class,
                        busy -> assertThat(busy.notBefore())
                                .isBetween(
                                        CLOCK.instant().plusSeconds(100),
                                        CLOCK.instant().plusSeconds(121)));
        assertThat(answer(PushReply.status(status))).isEqualTo(new Busy(status, null));
    }

    @Test
    void aServerErrorIsWorthAnotherTry() {
        assertThat(answer(PushReply.status(500))).isEqualTo(new Busy(500, null));
    }

    @Test
    void aBrokenConnectionIsUnreachableAndTheNextRequestWorks() {
        PushDevice device = https.device();
        https.script(device, new PushReply.Reset());

        assertThat(send(http, device, "text")).isInstanceOf(Unreachable.class);
        assertThat(send(http, device, "text")).isEqualTo(new Accepted());
    }

    @Test
    void anUnansweredRequestEndsAtTheTimeOut() {
        PushDevice device = https.device();
        https.script(device, new PushReply.Stall());

        assertThat(send(http, device, "text", Duration.ofMillis(300)))
                .isEqualTo(new Unreachable("the push service did not answer in time"));
    }

    @Test
    void anEndlessAnswerIsBrokenOff() {
        assertThat(answer(new PushReply.Endless())).isInstanceOf(Accepted.class);
    }

    @Test
    void redirectsAreNotFollowed() {
        PushDevice elsewhere = plain.device();

        assertThat(answer(new PushReply.Status(307, Map.of("Location", elsewhere.endpoint()), "")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.text()).contains("redirects are not followed"));
        assertThat(plain.received()).isEmpty();
    }

    @Test
    void aRefusedConnectionAndAnUnknownNameAreUnreachable() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        HostLookup nobody = host -> {
            throw new UnknownHostException(host);
        };

        assertThat(send(http, new PushDevice("https://localhost:" + closed + "/x"), "text"))
                .isInstanceOf(Unreachable.class);
        try (PushHttp lost = client(nobody, true)) {
            assertThat(send(lost, https.device(), "text"))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            answer -> assertThat(answer.text()).contains("name is not known"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "10.0.0.1",
                "169.254.169.254",
                "2130706433"
            })
    void neverConnectsToAnAddressThatIsNotPublic(String host) {
        PushDevice device = https.device();
        URI endpoint = URI.create(device.endpoint());
        try (PushHttp strict = client(HostLookup.system(), false)) {
            PushDevice hostile = new PushDevice("https://" + host + ":" + endpoint.getPort() + endpoint.getPath());

            assertThat(send(strict, hostile, "text"))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.text()).contains("has no public address"));
        }
        assertThat(https.received()).isEmpty();
    }

    @Test
    void connectsToWhatTheCheckedLookUpSaidAndAsksNobodyElse() {
        AtomicInteger asked = new AtomicInteger();
        HostLookup onlyHere = host -> {
            asked.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        URI endpoint = URI.create(https.device().endpoint());
        PushDevice device = new PushDevice("https://unknown.push.localhost:" + endpoint.getPort() + endpoint.getPath());
        try (PushHttp pinned = client(onlyHere, true)) {
            assertThat(send(pinned, device, "text")).isEqualTo(new Accepted());
        }
        assertThat(asked).hasValue(1);
        assertThat(https.received()).hasSize(1);
    }

    @Test
    void hundredsAreInFlightAtATimeOnAFewConnections() {
        List<PushDevice> devices =
                IntStream.range(0, 20).mapToObj(i -> https.sink()).toList();
        List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            answers.add(http.send(request(devices.get(i % devices.size()), "text"), Duration.ofSeconds(60)));
        }

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Accepted()));
        assertThat(https.sunk()).isEqualTo(400);
    }

    private PushAnswer answer(PushReply reply) {
        PushDevice device = https.device();
        https.script(device, reply);
        return send(http, device, "text");
    }

    private PushAnswer send(PushHttp client, PushDevice device, String text) {
        return send(client, device, text, Duration.ofSeconds(20));
    }

    private PushAnswer send(PushHttp client, PushDevice device, String text, Duration timeout) {
        return client.send(request(device, text), timeout).join();
    }

    private PushRequest request(PushDevice device, String text) {
        URI endpoint = URI.create(device.endpoint());
        return new PushRequest(
                endpoint,
                tokens.authorization(PushOrigin.of(endpoint), PAIR),
                Duration.ofSeconds(60),
                Urgency.HIGH,
                PushTopic.of("group"),
                ByteBuffer.wrap(encryption.encrypt(
                        text.getBytes(StandardCharsets.UTF_8), SubscriberKeys.parse(device.p256dh(), device.auth()))));
    }

    private static PushHttp client(HostLookup lookup, boolean insecure) {
        PushHttpSettings settings = new PushHttpSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(8), Duration.ofSeconds(30), 8, 4_096, null);
        return PushHttp.start(
                settings,
                new EndpointPolicy(List.of("*"), insecure, "carillon.push.endpoint.hosts"),
                lookup,
                CERTIFICATE.trust(),
                CLOCK);
    }
}
