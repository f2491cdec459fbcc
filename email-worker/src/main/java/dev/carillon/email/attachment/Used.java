package dev.carillon.email.attachment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one mail has of the memory. For one thread at a time. */
final class Used {
    private final FileMemory memory;
    private final List<FileMemory.Kept> files = new ArrayList<>();
    private long needed;
    private long taken;

    Used(FileMemory memory) {
        this.memory = memory;
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
        boolean took = memory.take(needed, patience);
        taken = took ? needed : 0;
        return took;
    }

    void giveBack() {
        files.forEach(memory::release);
        files.clear();
        memory.giveBack(taken);
        taken = 0;
    }
}
