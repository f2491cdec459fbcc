package dev.carillon.push.webpush;

import java.io.IOException;

/** A push endpoint whose name leads to addresses of the own machine or network only. */
final class ForbiddenAddress extends IOException {
    ForbiddenAddress(String host) {
        super("the push endpoint's host " + host + " has no public address");
    }
}
