package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Nature;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reports 1 of 3, 2 of 3 and 3 of 3, each in the place of the one before, and begins with others again. */
final class Progress {

    private static final int STAGES = 3;

    private final Posts posts;
    private final Supplier<Set<Person>> whom;
    private Set<Person> people = Set.of();
    private int series;
    private int stage;

    Progress(Posts posts, Supplier<Set<Person>> whom) {
        this.posts = posts;
        this.whom = whom;
    }

    Post next() {
        if (stage == 0) {
            people = whom.get();
            series++;
        }
        stage = stage % STAGES + 1;
        String group = "job-" + people.iterator().next().id() + "-" + series;
        Post post = posts.event(
                EventKind.PROGRESS,
                Posts.To.some(people),
                Map.of("group", group, "data", Map.of("done", stage, "of", STAGES)),
                new Nature.Grouped(group));
        if (stage == STAGES) {
            stage = 0;
        }
        return post;
    }
}
