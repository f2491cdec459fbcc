package dev.carillon.platform.outbound;

import java.io.IOException;

/** A host whose name leads to addresses of the own machine or network only. */
public final class ForbiddenAddress extends IOException {
    ForbiddenAddress(String host) {
        super("the host " + host + " has no public address");
    }
}
