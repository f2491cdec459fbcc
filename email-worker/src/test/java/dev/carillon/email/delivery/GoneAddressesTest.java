package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that no mail reaches, for ever or for a time. */
class GoneAddressesTest extends SenderAtRelay {

    GoneAddressesTest(TestDatabase database) {
        super(database);
    }

    @Test
    void whoCannotBeReachedOverThisRelayIsSkippedForTheRelaysSake() throws Exception {
        fake.offering("PIPELINING");

        assertThat(sender.send(delivery("ådá@example.org")))
                .isEqualTo(new AddressGone(
                        Reason.RELAY_NOT_CAPABLE,
                        "the relay does not offer SMTPUTF8, which an address of the mail needs"));
        assertThat(fake.received()).isEmpty();
        assertThat(reachable()).isEmpty();
    }

    @Test
    void anUnknownMailboxIsGone() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));

        assertThat(sender.send(delivery("ada@example.org")))
                .isEqualTo(new AddressGone(Reason.ADDRESS_GONE, "550 5.1.1 no such user"));
    }

    @Test
    void nothingGoesToAnAddressThatIsGoneAndTheRouterHearsOfItOnce() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));
        sender.send(delivery("Ada@example.org"));

        assertThat(sender.send(another("ada@Example.org"))).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
        assertThat(reachable()).containsExactly(false);
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void whoMovesToAnotherAddressIsReachedAgain() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));
        sender.send(delivery("ada@example.org"));

        suppressions.profiles(List.of(profile("ada@example.org")));
        assertThat(reachable()).containsExactly(false);
        suppressions.profiles(List.of(profile("ada@example.net")));

        assertThat(reachable()).containsExactly(false, true);
        assertThat(sender.send(another("ada@example.net"))).isInstanceOf(Accepted.class);
    }

    @Test
    void softBouncesCountUntilTheyAreTooManyAndEndByThemselves() throws Exception {
        for (int i = 0; i < 4; i++) {
            fullOnce();
        }
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        for (int i = 0; i < 4; i++) {
            fullOnce();
        }
        assertThat(sender.send(another("ada@example.org"))).isInstanceOf(Accepted.class);

        fullOnce();
        Delivery late = Deliveries.single("ada", "late", Deliveries.address("ada@example.org", null, null), CONTENT);
        assertThat(sender.send(late)).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
        clock.advance(Duration.ofDays(7));
        assertThat(sender.send(late)).isInstanceOf(Accepted.class);
    }

    /** As mailboxes that are full mostly say it (RFC 3463, 3.3). */
    @Test
    void aMailboxThatOnlyPutsMailsOffCountsOncePerDelivery() throws Exception {
        fake.whenever(On.RCPT, line -> true, Reaction.answer("450 4.2.2 mailbox full"));
        for (int i = 0; i < 5; i++) {
            assertThat(bounces()).isEqualTo(i);
            Delivery delivery =
                    Deliveries.single("ada", "full" + i, Deliveries.address("ada@example.org", null, null), CONTENT);
            RetryLater later = (RetryLater) sender.send(delivery);
            Attempts second = new Attempts(1, null, null, later.done(), null);
            assertThat(sender.send(delivery.withAttempts(second)))
                    .isInstanceOf(i < 4 ? RetryLater.class : Skipped.class);
        }
        assertThat(sender.send(another("ada@example.org"))).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
    }

    @Test
    void whatWasPutOffAndIsTakenThenDoesNotCount() throws Exception {
        fake.next(On.RCPT, Reaction.answer("450 4.2.2 mailbox full"));
        Delivery delivery = Deliveries.single("ada", "off", Deliveries.address("ada@example.org", null, null), CONTENT);
        RetryLater later = (RetryLater) sender.send(delivery);
        assertThat(bounces()).isEqualTo(1);
        Attempts second = new Attempts(1, null, null, later.done(), null);
        assertThat(sender.send(delivery.withAttempts(second))).isInstanceOf(Accepted.class);
        assertThat(bounces()).isZero();
    }

    @Test
    void aRelayThatIsBusyItselfIsNoTroubleOfAMailbox() throws Exception {
        fake.next(
                On.RCPT,
                Reaction.answer("451 4.7.1 greylisted"),
                Reaction.answer("450 4.2.0 greylisted"),
                Reaction.answer("450 4.2.1 receives mail too fast"),
                Reaction.answer("452 4.3.1 disk full"));
        fake.next(On.MAIL, Reaction.answer("450 4.2.2 of the sender"));
        for (int i = 0; i < 5; i++) {
            assertThat(sender.send(attempt(1))).isInstanceOf(RetryLater.class);
        }
        assertThat(bounces()).isZero();
    }

    private int bounces() {
        return database.queryForList("select bounces from email.soft_bounce", Integer.class).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void fullOnce() throws InterruptedException {
        fake.next(On.RCPT, Reaction.answer("552 5.2.2 mailbox full"));
        assertThat(sender.send(delivery("ada@example.org"))).isInstanceOf(Rejected.class);
    }

    private List<Boolean> reachable() {
        return told.history().stream()
                .map(record -> ((Activity.Reachable) Json.read(record.value(), Activity.class)).reachable())
                .toList();
    }

    private static RecipientProfile profile(String email) {
        return new RecipientProfile(new RecipientId("ada"), 1, null, email, null, Preferences.defaults());
    }
}
