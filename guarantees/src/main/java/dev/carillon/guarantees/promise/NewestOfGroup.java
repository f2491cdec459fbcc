package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Of a group a feed has one row, the newest that was accepted; none where its reader dismissed that one. */
public final class NewestOfGroup implements Guarantee {

    private final Groups groups = new Groups();
    private final Set<NotificationId> stored = new HashSet<>();
    private final Set<NotificationId> dismissed = new HashSet<>();

    @Override
    public void accepted(Accepted event) {
        groups.add(event);
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> stored.add(row.id()));
    }

    @Override
    public void marked(Marked mark) {
        if (mark.kind() == Marked.Kind.DISMISSED) {
            dismissed.add(mark.id());
        }
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        groups.newest().forEach((group, id) -> {
            if (!stored.contains(id) && !dismissed.contains(id)) {
                broken.add("the newest of the group of " + group + " is not in the feed: " + id);
            }
        });
        groups.all().forEach(one -> {
            if (groups.isReplaced(one.getKey()) && stored.contains(one.getKey())) {
                broken.add("a newer one of the group of " + one.getValue() + " left this in the feed: " + one.getKey());
            }
        });
        return broken;
    }
}
