package dev.carillon.email.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one session and remembers the outermost one, so that the session can speak over it once the
 * library has opened it, and a watchdog can close it while the library still opens it.
 */
final class SessionSockets {

    private volatile @Nullable Socket current;
    private volatile boolean closed;

    /** The socket that carries the session now; null before the first one. */
    @Nullable Socket current() {
        return current;
    }

    void close() {
        closed = true;
        Socket socket = current;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // A socket that fails to close is as closed as it can be.
            }
        }
    }

    private Socket remember(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        current = socket;
        if (closed) {
            socket.close();
        }
        return socket;
    }

    SocketFactory plain() {
        return new Plain();
    }

    SSLSocketFactory tls(SSLSocketFactory factory) {
        return new Tls(factory);
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return remember(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return remember(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return remember(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return remember(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return remember(new Socket(host, port, local, localPort));
        }
    }

    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory factory;

        Tls(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public Socket createSocket(Socket inner, String host, int port, boolean autoClose) throws IOException {
            return remember(factory.createSocket(inner, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return remember(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return remember(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return remember(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return remember(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }
    }
}
