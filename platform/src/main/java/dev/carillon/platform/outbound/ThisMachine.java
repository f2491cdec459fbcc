package dev.carillon.platform.outbound;

import java.net.InetAddress;

/** Hosts that nobody between two machines is asked about. */
public final class ThisMachine {
    private ThisMachine() {}

    /** Whether {@code host}, as in a URI, is a loopback address or {@code localhost}. Nothing is looked up. */
    public static boolean isNamedBy(String host) {
        try {
            return host.equals("localhost")
                    || InetAddress.ofLiteral(host.replaceFirst("^\\[(.*)]$", "$1"))
                            .isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
