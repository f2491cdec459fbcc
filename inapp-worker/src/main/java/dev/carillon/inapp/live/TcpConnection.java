package dev.carillon.inapp.live;

import java.net.InetSocketAddress;

/** A TCP connection by its two ends. */
record TcpConnection(InetSocketAddress local, InetSocketAddress remote) {}
