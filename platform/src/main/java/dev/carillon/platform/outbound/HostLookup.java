package dev.carillon.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves a host name; blocks while it does. */
@FunctionalInterface
public interface HostLookup {
    InetAddress[] addresses(String host) throws UnknownHostException;

    static HostLookup system() {
        return InetAddress::getAllByName;
    }
}
