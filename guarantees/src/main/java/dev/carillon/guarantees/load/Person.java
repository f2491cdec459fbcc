package dev.carillon.guarantees.load;

import dev.carillon.schemas.Channel;
import java.util.EnumSet;
import java.util.Set;

/** Somebody who is told. */
record Person(String id, Kind kind) {

    /** What is special about her. */
    enum Kind {
        PLAIN,
        NO_ADDRESS,
        NO_DEVICE,
        MAILS_OFF,
        /** Has quiet hours that end every now and then. */
        QUIET,
        /** Switches mails off, once. */
        SWITCHES_OFF,
        /** Has mails off and switches them on, once. */
        SWITCHES_ON
    }

    boolean switches() {
        return kind == Kind.SWITCHES_OFF || kind == Kind.SWITCHES_ON;
    }

    boolean hasMailsOffAtFirst() {
        return kind == Kind.MAILS_OFF || kind == Kind.SWITCHES_ON;
    }

    String email() {
        return id + "@example.org";
    }

    boolean hasAddress() {
        return kind != Kind.NO_ADDRESS;
    }

    boolean hasDevice() {
        return kind != Kind.NO_DEVICE;
    }

    /** Where she is told, with mails where she switches them. */
    Set<Channel> channels() {
        Set<Channel> channels = EnumSet.allOf(Channel.class);
        if (!hasAddress() || kind == Kind.MAILS_OFF) {
            channels.remove(Channel.EMAIL);
        }
        if (!hasDevice()) {
            channels.remove(Channel.PUSH);
        }
        return channels;
    }
}
