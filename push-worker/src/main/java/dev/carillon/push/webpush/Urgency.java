package dev.carillon.push.webpush;

/** How long a push service may wait with a message to spare the device's battery (RFC 8030, section 5.3). */
public enum Urgency {
    VERY_LOW("very-low"),
    LOW("low"),
    NORMAL("normal"),
    HIGH("high");

    private final String header;

    Urgency(String header) {
        this.header = header;
    }

    String header() {
        return header;
    }
}
