package dev.carillon.inapp.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Linux knows of this machine's TCP connections (proc_pid_net(5)). It alone sees that nobody acknowledges what is
 * sent: for Java a write is done once the system has taken it.
 */
final class TcpTable {
    private static final List<String> FAMILIES = List.of("tcp", "tcp6");
    private static final int GROUP_BYTES = 4;
    /** In the line of a connection to which nothing was sent that waits to be acknowledged: no timer runs. */
    private static final String IDLE = " 00:00000000 00000000 ";

    private final Path directory;

    /** @param directory that has the tables; one that has none tells nothing */
    TcpTable(Path directory) {
        this.directory = directory;
    }

    /** That of this process. Other systems than Linux have none. */
    static TcpTable own() {
        return new TcpTable(Path.of("/proc/self/net"));
    }

    /**
     * Open ones to which something was sent again, and is not acknowledged yet; none where the system does not tell. One
     * whose other end says that it takes nothing for the time being is not among them.
     */
    Set<TcpConnection> unacknowledged() {
        return connections(text -> !text.contains(IDLE), Line::isUnacknowledged);
    }

    /** All that are open. */
    Set<TcpConnection> open() {
        return connections(text -> true, Line::isOpen);
    }

    /** Those whose line is {@code wanted}, among those whose text is {@code worth} parting. */
    private Set<TcpConnection> connections(Predicate<String> worth, Predicate<Line> wanted) {
        Set<TcpConnection> found = new HashSet<>();
        for (String family : FAMILIES) {
            Path table = directory.resolve(family);
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
                    lines.skip(1)
                            .filter(worth)
                            .map(Line::of)
                            .filter(wanted)
                            .forEach(line -> found.add(line.connection()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }

    /**
     * A line as it stands there, in hexadecimal digits.
     *
     * @param retransmits how often something was sent again since the other end acknowledged the last time. What asks
     *     whether it takes something again is not counted
     */
    private record Line(String local, String remote, String state, String retransmits) {
        private static final String ESTABLISHED = "01";

        static Line of(String text) {
            StringTokenizer fields = new StringTokenizer(text);
            var _ = fields.nextToken();
            String local = fields.nextToken();
            String remote = fields.nextToken();
            String state = fields.nextToken();
            var _ = fields.nextToken();
            var _ = fields.nextToken();
            return new Line(local, remote, state, fields.nextToken());
        }

        boolean isUnacknowledged() {
            return isOpen() && HexFormat.fromHexDigits(retransmits) > 0;
        }

        boolean isOpen() {
            return state.equals(ESTABLISHED);
        }

        TcpConnection connection() {
            return new TcpConnection(address(local), address(remote));
        }
    }

    /** An address as groups of four bytes, each a number of this machine, and a port. */
    private static InetSocketAddress address(String hex) {
        int colon = hex.indexOf(':');
        byte[] bytes = HexFormat.of().parseHex(hex, 0, colon);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < bytes.length; i += GROUP_BYTES) {
                swap(bytes, i, i + 3);
                swap(bytes, i + 1, i + 2);
            }
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(bytes), HexFormat.fromHexDigits(hex, colon + 1, hex.length()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + hex, e);
        }
    }

    private static void swap(byte[] bytes, int one, int other) {
        byte kept = bytes[one];
        bytes[one] = bytes[other];
        bytes[other] = kept;
    }
}
