package dev.carillon.ingest.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.ingest.console.oidc.Refused.Reason;
import dev.carillon.testsupport.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OidcPartsTest {
    private static final String ISSUER = "https://id.example.com/";
    private static final String DOCUMENT = """
            {"issuer": "https://id.example.com/", "authorization_endpoint": "https://id.example.com/a",
             "token_endpoint": "https://id.example.com/t", "jwks_uri": "https://id.example.com/k"}""";

    @Test
    void aDocumentMustBeOfTheIssuerThatWasAskedAndNameSafeAddresses() throws IssuerFault {
        assertThat(Metadata.address(ISSUER)).hasToString("https://id.example.com/.well-known/openid-configuration");
        assertThat(read(DOCUMENT).token()).hasToString("https://id.example.com/t");
        for (String wrong : List.of(
                DOCUMENT.replace("example.com/\"", "example.com\""),
                DOCUMENT.replace("https://id.example.com/t", "http://id.example.com/t"),
                DOCUMENT.replace("https://id.example.com/t", "http://127.0.0.1:5432/t"),
                DOCUMENT.replace("https://id.example.com/a", "https://id.example.com/\u00e4"),
                DOCUMENT.replace("https://id.example.com/k", "file:///etc/passwd"),
                DOCUMENT.replace("\"authorization_endpoint\"", "\"other\""),
                "<html>",
                "[]")) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOfSatisfying(
                            IssuerFault.class,
                            fault -> assertThat(fault.reason()).isEqualTo(Reason.NOT_BELIEVED));
        }
    }

    @Test
    void asksBehindWhatTheAddressAsksAlready() throws IssuerFault {
        assertThat(read(DOCUMENT).authorization("q=1")).hasToString("https://id.example.com/a?q=1");
        assertThat(read(DOCUMENT.replace("/a\"", "/a?p=[0]\"")).authorization("q=1"))
                .hasToString("https://id.example.com/a?p=[0]&q=1");
    }

    @Test
    void aSignInIsOfItsStateUnderTheSameSettingsOnly() {
        BrowserSecret secret = BrowserSecret.begin("of this issuer", Instant.ofEpochSecond(7), "/console/#/flow");
        String state = secret.state();
        assertThat(secret.isOf(state)).isTrue();
        assertThat(secret.begun()).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(secret.returnPath()).isEqualTo("/console/#/flow");
        assertThat(List.of(state, secret.nonce(), secret.verifier()))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[A-Za-z0-9_-]{43}"))
                .noneMatch(hash -> secret.text().contains(hash));
        assertThat(new BrowserSecret(secret.text(), "of another issuer").isOf(state))
                .isFalse();
        assertThat(new BrowserSecret(secret.text().replace(".7.", ".8."), "of this issuer").isOf(state))
                .isFalse();
        assertThat(new BrowserSecret("", "x").isOf(new BrowserSecret("", "x").state()))
                .isFalse();
        assertThat(BrowserSecret.begin("x", Instant.EPOCH, "https://evil.example/")
                        .returnPath())
                .isEqualTo("/console/");
        assertThat(new BrowserSecret(secret.text().replaceAll("[^.]*$", "a"), "x").returnPath())
                .isEqualTo("/console/");
    }

    @Test
    void trustsAddressesThatNobodyOnTheWayReads() {
        assertThat(List.of("https://a.example", "http://localhost:1", "http://127.0.0.2/x", "http://[::1]/"))
                .allMatch(address -> TrustedAddress.of(address) != null);
        assertThat(List.of(
                        "http://a.example",
                        "http://localhost.example",
                        "http://127.0.0.1@evil.example",
                        "https://a.example/?q",
                        "https://a.example/#f",
                        "https://",
                        "ftp://localhost",
                        ""))
                .allMatch(address -> TrustedAddress.of(address) == null);
    }

    @Test
    void findsTheClaimAsTextInArraysAndInObjects() {
        Admission roles = new Admission("realm_access.roles", List.of("ops"), null);
        assertThat(roles.admits(Map.of("realm_access", Map.of("roles", List.of("a", "ops")))))
                .isTrue();
        assertThat(roles.admits(Map.of("realm_access.roles", "ops"))).isTrue();
        assertThat(roles.admits(Map.of("realm_access", "ops"))).isFalse();
        assertThat(roles.admits(Map.of("realm_access", Map.of("roles", "ops-of-others"))))
                .isFalse();
        assertThat(new Admission("ops", List.of("true"), null).admits(Map.of("ops", true)))
                .isTrue();
    }

    @Test
    void aNameIsOneShortLineAndThePersonTheSameUnderAnyName() {
        Admission named = new Admission("x", List.of("y"), "name");
        Person person = named.person(ISSUER, "7", Map.of("name", "Ada\nadmin\u0085\u202e" + "x".repeat(200)));
        assertThat(person.name()).startsWith("Ada admin  xxx").hasSize(128);
        assertThat(named.person(ISSUER, "7", Map.of()).name()).isEqualTo("oidc:7");
        assertThat(named.person(ISSUER, "7", Map.of()).id()).isEqualTo(person.id());
        assertThat(named.person(ISSUER, "8", Map.of()).id()).isNotEqualTo(person.id());
    }

    @Test
    void textOfOthersIsOneLineWithoutHalfCharacters() {
        assertThat(PlainLine.of("a\u2028b\ud800c\u0000", 80)).isEqualTo("a b c");
        assertThat(PlainLine.of("a\ud83d\ude00", 2)).isEqualTo("a");
        assertThat(IssuerFault.notBelieved("a\r\nb" + "x".repeat(999))).hasMessageMatching("a {2}bx{496}");
    }

    @Test
    void oneLineInTenSecondsSaysHowManyWereLeftOut() {
        ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
        Seldom seldom = new Seldom(clock);
        assertThat(seldom.turn()).hasValue(0);
        clock.advance(Duration.ofSeconds(9));
        assertThat(seldom.turn()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(seldom.turn()).hasValue(1);
        assertThat(seldom.turn()).isEmpty();
    }

    private static Metadata read(String document) throws IssuerFault {
        return Metadata.read(document.getBytes(StandardCharsets.UTF_8), ISSUER);
    }
}
