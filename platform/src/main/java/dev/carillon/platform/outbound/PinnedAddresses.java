package dev.carillon.platform.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Gives the client the addresses that it then connects to, and only those it may connect to: between this check and
 * the connection nobody resolves the name again.
 */
public final class PinnedAddresses implements SocketAddressResolver {
    private final HostLookup lookup;
    private final boolean privateAllowed;

    public PinnedAddresses(HostLookup lookup, boolean privateAllowed) {
        this.lookup = lookup;
        this.privateAllowed = privateAllowed;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Thread.ofVirtual().name("host-lookup").start(() -> {
            try {
                promise.succeeded(resolve(host, port));
            } catch (UnknownHostException | ForbiddenAddress | RuntimeException e) {
                promise.failed(e);
            }
        });
    }

    private List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException, ForbiddenAddress {
        List<InetSocketAddress> allowed = new ArrayList<>();
        for (InetAddress address : lookup.addresses(host)) {
            if (privateAllowed || PublicAddress.isPublic(address)) {
                allowed.add(new InetSocketAddress(address, port));
            }
        }
        if (allowed.isEmpty()) {
            throw new ForbiddenAddress(host);
        }
        return allowed;
    }
}
