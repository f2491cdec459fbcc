package dev.carillon.email.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.email.attachment.MailFile;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.MailLinks;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.testsupport.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verified by Apache jDKIM, which shares nothing with what signs. */
class DkimSignatureTest {
    private static final MailAddress ADA = MailAddress.parse("ada@example.org");
    private static final KeyPair KEYS = keys(2048);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");

    @TempDir
    private Path directory;

    private static KeyPair keys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path pem(KeyPair pair) throws java.io.IOException {
        String encoded =
                Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        return Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    }

    private DkimSignature signature() throws java.io.IOException {
        return new DkimSignature(new DkimSettings("carillon.test", "one", pem(KEYS)));
    }

    private MailComposer composer(DkimSignature signature, String from) {
        SenderSettings senders = SenderSettings.of(from, "Größe & Co", "help@carillon.test", "news.carillon.test");
        UnsubscribeSettings unsubscribe = new UnsubscribeSettings(
                "https://api.carillon.test",
                "a secret of these tests, long enough",
                List.of(),
                Duration.ofDays(30),
                null,
                null);
        return new MailComposer(
                senders,
                new Senders(senders),
                LayoutSettings.of("Example", null, "en", null),
                new MailLinks(new UnsubscribeLinks(unsubscribe, delivery -> false, clock), Tracker.off(clock)),
                signature,
                clock);
    }

    private static Delivery delivery(@Nullable String body) {
        return Deliveries.single(
                Deliveries.address("ada@example.org", "Ada Ω", null),
                Deliveries.content(
                        "Rechnung über 5 € – bezahlt, und ein langer Betreff, der umbrochen wird", body, null));
    }

    private static List<SignatureRecord> verify(byte[] message) throws Exception {
        String key = Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
        List<String> asked = new ArrayList<>();
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, domain) -> {
            asked.add(selector + "._domainkey." + domain);
            return List.of("v=DKIM1; k=rsa; p=" + key);
        });
        List<SignatureRecord> valid = verifier.verify(new ByteArrayInputStream(message));
        if (valid != null) {
            assertThat(asked).containsExactly("one._domainkey.carillon.test");
        }
        return valid == null ? List.of() : valid;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", ".\r\n.dots\n..\n", "trailing   \n\n\n", "Grüße, 你好 \uD83D\uDE00", "From here\n = =3D"})
    void anotherLibraryFindsTheSignatureOfAComposedMailValid(String body) throws Exception {
        byte[] signed = composer(signature(), "no-reply@carillon.test").compose(delivery(body), ADA);

        assertThat(verify(signed))
                .singleElement()
                .satisfies(found -> assertThat(found.getHeaders())
                        .map(name -> name.toString().toLowerCase(Locale.ROOT))
                        .contains(
                                "from",
                                "to",
                                "subject",
                                "date",
                                "message-id",
                                "reply-to",
                                "list-unsubscribe",
                                "list-unsubscribe-post",
                                "content-type",
                                "mime-version"));
    }

    @Test
    void theSignatureCoversTheFilesOfAMail() throws Exception {
        List<MailFile> files = List.of(
                new MailFile("a.txt", "text/plain", "first file".getBytes(UTF_8), false),
                new MailFile("b.png", "image/png", new byte[10_000], true));
        byte[] signed = composer(signature(), "no-reply@carillon.test").compose(delivery("body"), ADA, files);

        assertThat(verify(signed)).hasSize(1);
        String file = Base64.getEncoder().encodeToString("first file".getBytes(UTF_8));
        String other = Base64.getEncoder().encodeToString("other file".getBytes(UTF_8));
        String changed = new String(signed, ISO_8859_1).replace(file, other);
        assertThat(changed).contains(other);
        assertThatThrownBy(() -> verify(changed.getBytes(ISO_8859_1))).isInstanceOf(PermFailException.class);
    }

    /** Its address stands in the header as UTF-8 (RFC 6532). */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00e9@example.org", "用户@example.org"})
    void aMailToAnAddressBeyondAsciiIsSignedAsItGoesOut(String address) throws Exception {
        MailAddress recipient = MailAddress.parse(address);
        byte[] plain = composer(new DkimSignature(DkimSettings.off()), "no-reply@carillon.test")
                .compose(delivery("body"), recipient);
        byte[] signed = composer(signature(), "no-reply@carillon.test").compose(delivery("body"), recipient);

        assertThat(new String(signed, UTF_8)).endsWith(new String(plain, UTF_8)).contains("<" + address + ">");
        assertThat(verify(signed))
                .singleElement()
                .satisfies(found -> assertThat(found.getHeaders())
                        .map(name -> name.toString().toLowerCase(Locale.ROOT))
                        .contains("to"));
    }

    @Test
    void theMessageBehindTheSignatureIsTheSameOctetForOctet() throws Exception {
        byte[] plain = composer(new DkimSignature(DkimSettings.off()), "no-reply@carillon.test")
                .compose(delivery("body"), ADA);
        byte[] signed = composer(signature(), "no-reply@carillon.test").compose(delivery("body"), ADA);

        String text = new String(signed, ISO_8859_1);
        assertThat(text).startsWith("DKIM-Signature: ").endsWith(new String(plain, ISO_8859_1));
        assertThat(text.lines()).allMatch(line -> line.length() <= 998);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject: ", "List-Unsubscribe-Post: ", "\r\n\r\n--"})
    void whatIsChangedOnTheWayIsNoticed(String where) throws Exception {
        byte[] signed = composer(signature(), "no-reply@carillon.test").compose(delivery("body"), ADA);
        String changed = new String(signed, ISO_8859_1).replace(where, where + "x");

        assertThatThrownBy(() -> verify(changed.getBytes(ISO_8859_1))).isInstanceOf(PermFailException.class);
    }

    @Test
    void mailsFromBelowTheDomainAreSignedAndThoseOfOthersAreNot() throws Exception {
        DkimSignature signature = signature();

        assertThat(verify(composer(signature, "a@news.carillon.test").compose(delivery("body"), ADA)))
                .hasSize(1);
        assertThat(verify(composer(signature, "a@notcarillon.test").compose(delivery("body"), ADA)))
                .isEmpty();
    }

    @Test
    void manyThreadsSignAtOnce() throws Exception {
        MailComposer composer = composer(signature(), "no-reply@carillon.test");
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String body = "body " + i;
                all.add(threads.submit(() -> composer.compose(delivery(body), ADA)));
            }
            for (Future<byte[]> one : all) {
                assertThat(verify(one.get())).hasSize(1);
            }
        }
    }

    @Test
    void aKeyThatCannotSignIsRefusedWithoutRepeatingIt() throws Exception {
        Path shortKey = pem(keys(1024));
        assertThatThrownBy(() -> SigningKey.read(shortKey)).hasMessageContaining("at least 2048 bits, has 1024");
        Path other = Files.writeString(directory.resolve("rsa.pem"), "-----BEGIN RSA PRIVATE KEY-----\nMIIsecret\n");
        assertThatThrownBy(() -> SigningKey.read(other))
                .hasMessageStartingWith("carillon.email.dkim.private-key: ")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt")
                .hasMessageNotContaining("MIIsecret");
        Path broken = Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> SigningKey.read(broken))
                .hasMessageContaining("must hold an RSA key")
                .hasMessageNotContaining("MIIsecret")
                .hasNoCause();
        assertThatThrownBy(() -> SigningKey.read(directory.resolve("none.pem"))).hasMessageContaining("cannot be read");
    }

    @Test
    void halfASettingIsNamed() {
        assertThatThrownBy(() -> new DkimSettings("carillon.test", null, null))
                .hasMessageContaining("not set: selector private-key");
        assertThatThrownBy(() -> new DkimSettings("carillon.test", "no dots..", Path.of("key.pem")))
                .hasMessageStartingWith("carillon.email.dkim.selector must be");
        assertThatThrownBy(() -> new DkimSettings("car_illon", "one", Path.of("key.pem")))
                .hasMessageStartingWith("carillon.email.dkim.domain must be");
        assertThat(new DkimSettings(" ", "", Path.of(""))).isEqualTo(DkimSettings.off());
    }
}
