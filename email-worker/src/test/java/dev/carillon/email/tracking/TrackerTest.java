package dev.carillon.email.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.token.Tokens;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackerTest {
    private static final String SECRET = "a secret of these tests, long enough";
    private static final UnsubscribeSettings SECRETS =
            new UnsubscribeSettings("https://api.carillon.test", SECRET, List.of(), Duration.ofDays(180), null, null);
    private static final Map<String, Tracking> TYPES =
            Map.of("both", new Tracking(true, true), "opens", new Tracking(true, false));
    private static final String TARGET = "https://app.example.org/invoices/1?a=b#c";
    private static final Address ADA = Deliveries.address("ada@example.org", "Ada", null);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final Set<RecipientId> forbidding = new HashSet<>();
    private final Tracker tracker = tracker(true, SECRETS);

    private Tracker tracker(boolean enabled, UnsubscribeSettings secrets) {
        return new Tracker(
                new TrackingSettings(enabled, Duration.ofDays(30)),
                secrets,
                TrackerTest::tracking,
                forbidding::contains,
                clock);
    }

    private static Tracking tracking(@Nullable String type) {
        return TYPES.getOrDefault(String.valueOf(type), Tracking.off());
    }

    private static Delivery mail(Address address, @Nullable String type) {
        return Deliveries.labelled(
                Deliveries.single("ada", "e1", address, Deliveries.content("Hello", null, "/1")), type, null);
    }

    private static String token(@Nullable String link) {
        String text = String.valueOf(link);
        return text.substring(text.indexOf("?token=") + 7);
    }

    private String link(Tracker of, Delivery delivery) {
        return of.of(delivery).to(delivery.notification(), TARGET);
    }

    @Test
    void aLinkLeadsOverUsAndSaysWhoseAndWhereTo() {
        Delivery delivery = mail(ADA, "both");
        String link = link(tracker, delivery);

        assertThat(link).matches("https://api\\.carillon\\.test/api/v1/email/click\\?token=[\\w-]+");
        assertThat(tracker.click(token(link)))
                .isEqualTo(new Tracker.Read.Valid<>(
                        new Tracker.Click(
                                new RecipientId("ada"), delivery.notification().id(), "both", TARGET),
                        clock.instant()));
    }

    @Test
    void nothingTellsUnlessTheTypeSaysSo() {
        assertThat(tracker.of(mail(ADA, "other"))).isSameAs(TrackedLinks.NONE);
        assertThat(tracker.of(mail(ADA, null))).isSameAs(TrackedLinks.NONE);
        assertThat(link(tracker, mail(ADA, "opens"))).isEqualTo(TARGET);
        assertThat(tracker.of(mail(ADA, "opens")).pixel()).isNotNull();
    }

    @Test
    void whoForbadeItIsLeftAlone() {
        Address forbidding = new Address("ada@example.org", "Ada", null, null, true);
        assertThat(tracker.of(mail(forbidding, "both"))).isSameAs(TrackedLinks.NONE);
    }

    @Test
    void whoForbadeItAfterItWasDecidedIsLeftAlone() {
        forbidding.add(new RecipientId("ada"));
        assertThat(tracker.of(mail(ADA, "both"))).isSameAs(TrackedLinks.NONE);
        forbidding.clear();
        assertThat(tracker.of(mail(ADA, "both")).pixel()).isNotNull();
    }

    @Test
    void anInstallationCanForbidItAndOneWithoutAnOriginHasNone() {
        assertThat(link(tracker(false, SECRETS), mail(ADA, "both"))).isEqualTo(TARGET);
        assertThat(link(tracker(true, UnsubscribeSettings.off()), mail(ADA, "both")))
                .isEqualTo(TARGET);
    }

    @Test
    void eachNotificationOfADigestGoesByItsOwnType() {
        Notification both = item("e1", "both");
        Notification quiet = item("e2", "other");
        Notification opens = item("e3", "opens");
        Delivery digest = Deliveries.of(ADA, item("head", "both"), List.of(both, quiet, opens), 0);
        TrackedLinks links = tracker.of(digest);

        assertThat(links.to(both, TARGET)).contains("/click?");
        assertThat(links.to(quiet, TARGET)).isEqualTo(TARGET);
        assertThat(tracker.open(token(links.pixel())))
                .isEqualTo(new Tracker.Read.Valid<>(
                        new Tracker.Opened(new RecipientId("ada"), List.of(both.id(), opens.id()), null),
                        clock.instant()));
    }

    private static Notification item(String event, String type) {
        return Deliveries.labelled(
                Deliveries.notification("ada", event, Deliveries.content("News", null, "/n")), type, null);
    }

    @Test
    void whatWasChangedOrMadeForSomethingElseIsForged() {
        String token = token(link(tracker, mail(ADA, "both")));
        String changed = token.substring(0, 40) + (token.charAt(40) == 'A' ? 'B' : 'A') + token.substring(41);
        List<String> texts = List.of("ada", "6c97f160-5506-804f-af75-7804a88e6a4b", "both", "https://evil.example");
        String foreign = new Tokens("click", "another secret of these tests, long enough", List.of(), clock)
                .issue(Duration.ofDays(1), texts);
        String otherPurpose = new Tokens("unsubscribe", SECRET, List.of(), clock).issue(Duration.ofDays(1), texts);

        for (String forged : List.of("", "https://evil.example", changed, foreign, otherPurpose)) {
            assertThat(tracker.click(forged)).isInstanceOf(Tracker.Read.Forged.class);
            assertThat(tracker.open(forged)).isInstanceOf(Tracker.Read.Forged.class);
        }
        assertThat(tracker.open(token)).isInstanceOf(Tracker.Read.Forged.class);
    }

    @Test
    void aLinkEnds() {
        String token = token(link(tracker, mail(ADA, "both")));
        clock.advance(Duration.ofDays(30));
        assertThat(tracker.click(token)).isInstanceOf(Tracker.Read.Expired.class);
    }

    @Test
    void whatIsTooLongForATokenStaysAsItIs() {
        String longest = "https://app.example.org/" + "x".repeat(4_000);
        Delivery delivery = mail(ADA, "both");
        assertThat(tracker.of(delivery).to(delivery.notification(), longest)).isEqualTo(longest);
    }
}
