package dev.carillon.email.attachment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one mail has of the memory. For one thread at a time. */
final class Used {
    private final FileMemory memory;
    private final RoomOfRelays relays;
    private final String relay;
    private final List<FileMemory.Kept> files = new ArrayList<>();
    private long needed;
    private long taken;

    /** @param relay that the mail goes to */
    Used(FileMemory memory, RoomOfRelays relays, String relay) {
        this.memory = memory;
        this.relays = relays;
        this.relay = relay;
    }

    /** Uses a file that was fetched; false where it is not there any more. */
    boolean file(String address) {
        FileMemory.Kept file = memory.use(address);
        return file != null && files.add(file);
    }

    long lastSize() {
        return files.getLast().file().bytes().length;
    }

    List<Fetched.Content> files() {
        return files.stream().map(FileMemory.Kept::file).toList();
    }

    void needs(long bytes) {
        needed += bytes;
    }

    /** Takes all that it needs, or nothing. */
    boolean takeRoom(Duration patience) throws InterruptedException {
        if (!relays.take(relay, needed)) {
            return false;
        }
        taken = needed;
        boolean took = false;
        try {
            took = memory.take(needed, patience);
            return took;
        } finally {
            if (!took) {
                relays.giveBack(relay, needed);
                taken = 0;
            }
        }
    }

    void giveBack() {
        files.forEach(memory::release);
        files.clear();
        relays.giveBack(relay, taken);
        memory.giveBack(taken);
        taken = 0;
    }
}
