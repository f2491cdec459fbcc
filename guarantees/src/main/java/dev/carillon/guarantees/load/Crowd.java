package dev.carillon.guarantees.load;

import dev.carillon.fleet.Api;
import dev.carillon.guarantees.world.World;
import dev.carillon.testsupport.webpush.PushDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everybody who is told, in groups: each group is an audience, and belongs to one sender. */
public final class Crowd {

    /** Its deliveries go to every channel. */
    static final String TYPE = "guarantees.news";

    private static final List<Person.Kind> GROUP = List.of(
            Person.Kind.PLAIN,
            Person.Kind.PLAIN,
            Person.Kind.PLAIN,
            Person.Kind.NO_ADDRESS,
            Person.Kind.NO_DEVICE,
            Person.Kind.MAILS_OFF,
            Person.Kind.QUIET,
            Person.Kind.SWITCHES_OFF,
            Person.Kind.SWITCHES_ON);

    private final List<List<Person>> groups = new ArrayList<>();
    private final Map<String, String> ownersByDevice = new HashMap<>();

    private final String name;

    private Crowd(String name, int groupCount) {
        this.name = name;
        for (int group = 0; group < groupCount; group++) {
            List<Person> members = new ArrayList<>();
            for (int number = 0; number < GROUP.size(); number++) {
                members.add(new Person(name + group + ".p" + number, GROUP.get(number)));
            }
            groups.add(List.copyOf(members));
        }
    }

    /** Registers them with their addresses, devices and preferences; nothing may go wrong yet. */
    public static Crowd registered(String name, int groupCount, World world) {
        Crowd crowd = new Crowd(name, groupCount);
        try (Api api = new Api(world.fleet(), world.clock())) {
            api.defineType(TYPE, Map.of("channels", List.of("inapp", "email", "push")));
            for (int group = 0; group < groupCount; group++) {
                crowd.register(group, api, world);
            }
        }
        return crowd;
    }

    public Stream<String> ids() {
        return groups.stream().flatMap(List::stream).map(Person::id);
    }

    /** Two of each group, who have a live stream all the time. */
    public List<String> watched() {
        return groups.stream()
                .flatMap(group -> Stream.of(group.getFirst(), group.getLast()))
                .map(Person::id)
                .toList();
    }

    /** Whether this is one of them. */
    boolean has(String recipient) {
        return ids().anyMatch(recipient::equals);
    }

    List<Person> group(int number) {
        return groups.get(number);
    }

    int groupCount() {
        return groups.size();
    }

    /** Where the events for them come from: nobody else's have their ids. */
    String source() {
        return "about-" + name;
    }

    String audience(int group) {
        return "of-" + groups.get(group).getFirst().id();
    }

    /** Whose device is reached under this path of the push service. */
    String ownerOfDevice(String path) {
        return ownersByDevice.getOrDefault(path, "nobody");
    }

    private void register(int group, Api api, World world) {
        for (Person person : groups.get(group)) {
            api.register(
                    person.id(),
                    person.hasAddress()
                            ? Map.of("name", person.id(), "email", person.email())
                            : Map.of("name", person.id()));
            if (person.hasMailsOffAtFirst()) {
                api.prefer(person.id(), Map.of("channels", Map.of("email", false)));
            }
            if (person.hasDevice()) {
                PushDevice device = world.pushes().device();
                api.subscribe(person.id(), device);
                ownersByDevice.put(
                        device.endpoint().substring(world.pushes().origin().length()), person.id());
            }
        }
        String[] ids = groups.get(group).stream().map(Person::id).toArray(String[]::new);
        api.join(audience(group), ids);
    }
}
