package dev.carillon.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;

class PinnedAddressesTest {
    private static final InetAddress PUBLIC = address(8, 8, 8, 8);
    private static final InetAddress PRIVATE = address(10, 0, 0, 1);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void givesOnlyTheAddressesItChecked() throws Exception {
        PinnedAddresses addresses = new PinnedAddresses(host -> new InetAddress[] {PRIVATE, PUBLIC, LOOPBACK}, false);

        assertThat(resolve(addresses)).containsExactly(new InetSocketAddress(PUBLIC, 443));
    }

    @Test
    void refusesANameThatLeadsToPrivateAddressesOnly() {
        PinnedAddresses addresses = new PinnedAddresses(host -> new InetAddress[] {PRIVATE}, false);

        assertThatThrownBy(() -> resolve(addresses)).hasRootCauseInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void checksEveryAnswerOfANameThatChangesIts() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        PinnedAddresses addresses = new PinnedAddresses(
                host -> new InetAddress[] {asked.getAndIncrement() == 0 ? PUBLIC : LOOPBACK}, false);

        assertThat(resolve(addresses)).hasSize(1);
        assertThatThrownBy(() -> resolve(addresses)).hasRootCauseInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void theExplicitSettingForTestsAllowsTheLoopback() throws Exception {
        assertThat(resolve(new PinnedAddresses(host -> new InetAddress[] {LOOPBACK}, true)))
                .hasSize(1);
    }

    private static List<InetSocketAddress> resolve(PinnedAddresses addresses) throws Exception {
        Promise.Completable<List<InetSocketAddress>> promise = new Promise.Completable<>();
        addresses.resolve("push.example", 443, Map.of(), promise);
        return promise.get();
    }

    private static InetAddress address(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
