package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Accepted;
import dev.carillon.guarantees.promise.Nature;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the events of one group, and says on which channels each of them must arrive by the settings of now. */
final class Posts {

    private final int group;
    private final Crowd crowd;
    private final Set<Person> switched = new HashSet<>();
    private long turn;
    private int count;

    Posts(int group, Crowd crowd) {
        this.group = group;
        this.crowd = crowd;
    }

    /** What is written from now on belongs to a later request. */
    void nextTurn() {
        turn++;
    }

    /** What is written from now on is governed by what she has switched. */
    void switched(Person person) {
        switched.add(person);
    }

    boolean hasSwitched(Person person) {
        return switched.contains(person);
    }

    /** Whom an event is for: named, or all of the group as an audience. */
    record To(Map<String, Object> fields, Set<Person> people) {

        static To some(Set<Person> people) {
            return new To(Map.of("recipients", people.stream().map(Person::id).toList()), people);
        }

        static To all(int group, Crowd crowd) {
            return new To(Map.of("audiences", List.of(crowd.audience(group))), Set.copyOf(crowd.group(group)));
        }
    }

    Post event(EventKind kind, To to, Map<String, ?> more, Nature nature) {
        String token = nextToken();
        Map<String, Object> body = new HashMap<>(to.fields());
        body.putAll(more);
        body.put("id", token);
        body.put("source", crowd.source());
        body.put("type", kind.type());
        body.put("title", kind.title(token));
        body.put("body", "For some of group " + group);
        return post("", body, EventUid.of(crowd.source(), token), to.people(), kind, nature);
    }

    /** One tells everybody else of the group, which also decides that she herself is not told. */
    Post messageToAll(Person author) {
        String token = nextToken();
        Map<String, Object> body = new HashMap<>();
        body.put("audience", crowd.audience(group));
        Set<Person> others = new HashSet<>(crowd.group(group));
        others.remove(author);
        Post post = message(author, token, body, others);
        Map<String, Set<Channel>> targets = new HashMap<>(post.event().targets());
        targets.put(author.id(), Set.of());
        Accepted event = post.event();
        return new Post(
                post.author(),
                post.body(),
                new Accepted(event.uid(), token, event.turn(), targets, event.perhaps(), event.nature()));
    }

    Post message(Person author, Person to) {
        Map<String, Object> body = new HashMap<>();
        body.put("recipient", to.id());
        return message(author, nextToken(), body, Set.of(to));
    }

    private Post message(Person author, String token, Map<String, Object> body, Set<Person> people) {
        body.put("id", token);
        body.put("type", EventKind.MESSAGE.type());
        body.put("title", EventKind.MESSAGE.title(token));
        return post(author.id(), body, author.message(token), people, EventKind.MESSAGE, new Nature.Plain());
    }

    private Post post(
            String author, Map<String, Object> body, EventUid uid, Set<Person> people, EventKind kind, Nature nature) {
        Map<String, Set<Channel>> surely = new HashMap<>();
        Map<String, Set<Channel>> perhaps = new HashMap<>();
        for (Person person : people) {
            Set<Channel> channels = EnumSet.copyOf(person.channels());
            channels.retainAll(kind.channels());
            if (person.switches(kind) && channels.contains(Channel.EMAIL)) {
                if (!(person.kind() == Person.Kind.SWITCHES_ON && switched.contains(person))) {
                    channels.remove(Channel.EMAIL);
                }
                if (!switched.contains(person)) {
                    perhaps.put(person.id(), Set.of(Channel.EMAIL));
                }
            }
            surely.put(person.id(), channels);
        }
        return new Post(author, body, new Accepted(uid, String.valueOf(body.get("id")), turn, surely, perhaps, nature));
    }

    private String nextToken() {
        return "k%dn%06dz".formatted(group, count++);
    }
}
