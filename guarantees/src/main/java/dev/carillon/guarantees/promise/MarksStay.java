package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was answered as read stays read, and what was answered as dismissed stays away. */
public final class MarksStay implements Guarantee {

    private final Map<NotificationId, String> read = new HashMap<>();
    private final Map<NotificationId, String> dismissed = new HashMap<>();
    private final Set<NotificationId> perhapsDismissed = new HashSet<>();
    private final Map<NotificationId, Stored> rows = new HashMap<>();

    @Override
    public void marked(Marked mark) {
        switch (mark.kind()) {
            case READ -> {
                if (mark.answered()) {
                    read.put(mark.id(), mark.recipient());
                }
            }
            case DISMISSED -> {
                perhapsDismissed.add(mark.id());
                if (mark.answered()) {
                    dismissed.put(mark.id(), mark.recipient());
                }
            }
        }
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> rows.put(row.id(), row));
    }

    public int reads() {
        return read.size();
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        read.forEach((id, recipient) -> {
            Stored row = rows.get(id);
            if (row == null ? !perhapsDismissed.contains(id) : !row.read()) {
                broken.add(recipient + " read " + id + ", which is " + (row == null ? "gone" : "unread") + " again");
            }
        });
        dismissed.forEach((id, recipient) -> {
            if (rows.containsKey(id)) {
                broken.add(recipient + " dismissed " + id + ", which is there again");
            }
        });
        return broken;
    }
}
