package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was answered as read or unread, archived or taken back stays so until its reader says otherwise, what she snoozed
 * comes back unread, and what was answered as dismissed stays away.
 */
public final class MarksStay implements Guarantee {

    private final Map<NotificationId, String> readers = new HashMap<>();
    private final Map<NotificationId, ReaderFlag> read = new HashMap<>();
    private final Map<NotificationId, ReaderFlag> archived = new HashMap<>();
    private final Map<NotificationId, String> dismissed = new HashMap<>();
    private final Set<NotificationId> perhapsDismissed = new HashSet<>();
    private final Map<NotificationId, Stored> rows = new HashMap<>();
    private final Groups groups = new Groups();

    @Override
    public void accepted(Accepted event) {
        groups.add(event);
    }

    @Override
    public void marked(Marked mark) {
        readers.put(mark.id(), mark.recipient());
        switch (mark.kind()) {
            case READ -> set(read, mark, true);
            case UNREAD -> set(read, mark, false);
            case ARCHIVED -> set(archived, mark, true);
            case UNARCHIVED -> set(archived, mark, false);
            case SNOOZED -> {
                set(read, mark, false);
                set(archived, mark, false);
            }
            case DISMISSED -> {
                perhapsDismissed.add(mark.id());
                if (mark.answered()) {
                    dismissed.put(mark.id(), mark.recipient());
                }
            }
        }
    }

    private static void set(Map<NotificationId, ReaderFlag> flags, Marked mark, boolean on) {
        flags.computeIfAbsent(mark.id(), id -> new ReaderFlag()).set(on, mark.answered());
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> rows.put(row.id(), row));
    }

    public long reads() {
        return read.values().stream().filter(ReaderFlag::isOn).count();
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        read.forEach((id, flag) -> {
            Stored row = rows.get(id);
            if (row != null && flag.contradicts(row.read())) {
                broken.add(readers.get(id) + " finds " + id + (row.read() ? " read" : " unread") + " again");
            }
            checkThere(id, flag, broken);
        });
        archived.forEach((id, flag) -> {
            Stored row = rows.get(id);
            if (row != null && flag.contradicts(row.archived())) {
                broken.add(
                        readers.get(id) + " finds " + id + (row.archived() ? " archived" : " in the list") + " again");
            }
            checkThere(id, flag, broken);
        });
        dismissed.forEach((id, recipient) -> {
            if (rows.containsKey(id)) {
                broken.add(recipient + " dismissed " + id + ", which is there again");
            }
        });
        return broken;
    }

    private void checkThere(NotificationId id, ReaderFlag flag, List<String> broken) {
        if (flag.isSet() && !rows.containsKey(id) && !perhapsDismissed.contains(id) && !groups.isReplaced(id)) {
            broken.add(readers.get(id) + " marked " + id + ", which is gone");
        }
    }
}
