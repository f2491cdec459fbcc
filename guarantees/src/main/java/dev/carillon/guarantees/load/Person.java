package dev.carillon.guarantees.load;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.event.EventUid;
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
        SWITCHES_ON,
        /** Stops mails about news with one click in one of them, once. */
        UNSUBSCRIBES,
        /** Is told through an audience only, and erased. */
        LEAVES
    }

    /** Whether she changes once that mails about this come to her. */
    boolean switches(EventKind what) {
        return switch (kind) {
            case SWITCHES_OFF, SWITCHES_ON -> true;
            case UNSUBSCRIBES -> what == EventKind.NEWS;
            case PLAIN, NO_ADDRESS, NO_DEVICE, MAILS_OFF, QUIET, LEAVES -> false;
        };
    }

    boolean hasMailsOffAtFirst() {
        return kind == Kind.MAILS_OFF || kind == Kind.SWITCHES_ON;
    }

    /** What a message of hers is called that she calls {@code id}. */
    EventUid message(String id) {
        return EventUid.of("user:" + DerivedIds.of("sender", this.id), id);
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
