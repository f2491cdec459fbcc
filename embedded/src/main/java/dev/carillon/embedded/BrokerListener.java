package dev.carillon.embedded;

/**
 * A further door of a broker. Clients that come through it are told {@code advertisedPort} as the broker's address, so that
 * a proxy can stand before it and sees all they say.
 *
 * @param name capital letters and digits, different from {@code PLAINTEXT} and {@code CONTROLLER}
 * @param port that the broker listens on, on the loopback
 * @param advertisedPort that clients are told to connect to
 */
public record BrokerListener(String name, int port, int advertisedPort) {

    public BrokerListener {
        if (!name.matches("[A-Z][A-Z0-9]*") || name.equals("PLAINTEXT") || name.equals("CONTROLLER")) {
            throw new IllegalArgumentException("not a listener's name: " + name);
        }
    }

    /** Reads {@code NAME:PORT:ADVERTISED}. */
    static BrokerListener parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Expected NAME:PORT:ADVERTISED, not " + text);
        }
        return new BrokerListener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return name + ":" + port + ":" + advertisedPort;
    }
}
