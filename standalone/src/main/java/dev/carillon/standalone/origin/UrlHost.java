package dev.carillon.standalone.origin;

/** A host as a URL spells it. */
public final class UrlHost {
    private UrlHost() {}

    /** A name or an IPv4 address as it is; an IPv6 address in brackets (RFC 3986, section 3.2.2). */
    public static String of(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
