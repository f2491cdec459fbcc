package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which notifications a newer one of their group took the place of, by the order in which they were accepted. */
final class Groups {

    private final Map<NotificationId, String> groupOf = new HashMap<>();
    private final Map<String, Newest> newest = new HashMap<>();

    private record Newest(NotificationId id, long turn) {}

    void add(Accepted event) {
        if (event.nature() instanceof Nature.Grouped(String group)) {
            for (String recipient : event.targets().keySet()) {
                String key = recipient + ' ' + group;
                Newest one = new Newest(event.notification(recipient), event.turn());
                groupOf.put(one.id(), key);
                newest.merge(key, one, (known, next) -> next.turn() > known.turn() ? next : known);
            }
        }
    }

    boolean isReplaced(NotificationId id) {
        String group = groupOf.get(id);
        Newest last = group == null ? null : newest.get(group);
        return last != null && !last.id().equals(id);
    }

    /** Of every recipient and group. */
    Map<String, NotificationId> newest() {
        Map<String, NotificationId> ids = new HashMap<>();
        newest.forEach((group, last) -> ids.put(group, last.id()));
        return ids;
    }

    /** All that were accepted in a group, whatever became of them. */
    Set<Map.Entry<NotificationId, String>> all() {
        return groupOf.entrySet();
    }
}
