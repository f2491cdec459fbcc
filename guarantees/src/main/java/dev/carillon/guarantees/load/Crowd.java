package dev.carillon.guarantees.load;

import dev.carillon.fleet.Api;
import dev.carillon.fleet.Member;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.webpush.PushDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everybody who is told, in groups: each group is an audience, and belongs to one sender. */
public final class Crowd {

    /** What webhooks are told of. */
    public static final Set<OutcomeState> WEBHOOK_OUTCOMES =
            Set.of(OutcomeState.SENT, OutcomeState.SKIPPED, OutcomeState.DEAD);

    public static final Set<String> WEBHOOK_TYPES = Set.of(EventKind.REMINDER.type(), EventKind.MESSAGE.type());

    private static final List<Person.Kind> GROUP = List.of(
            Person.Kind.PLAIN,
            Person.Kind.PLAIN,
            Person.Kind.PLAIN,
            Person.Kind.NO_ADDRESS,
            Person.Kind.NO_DEVICE,
            Person.Kind.MAILS_OFF,
            Person.Kind.QUIET,
            Person.Kind.SWITCHES_OFF,
            Person.Kind.UNSUBSCRIBES,
            Person.Kind.SWITCHES_ON);

    private final List<List<Person>> groups = new ArrayList<>();
    private final Map<String, String> ownersByDevice = new HashMap<>();

    private final String name;
    private final List<Person> leavers;

    private Crowd(String name, int groupCount, boolean someLeave) {
        this.name = name;
        this.leavers = someLeave ? List.of(new Person(name + "x.leaves", Person.Kind.LEAVES)) : List.of();
        for (int group = 0; group < groupCount; group++) {
            List<Person> members = new ArrayList<>();
            for (int number = 0; number < GROUP.size(); number++) {
                members.add(new Person(name + group + ".p" + number, GROUP.get(number)));
            }
            groups.add(List.copyOf(members));
        }
    }

    /**
     * Registers them with their addresses, devices and preferences; nothing may go wrong yet.
     *
     * @param someLeave whether there is somebody who is to be erased
     */
    public static Crowd registered(String name, int groupCount, boolean someLeave, World world) {
        Crowd crowd = new Crowd(name, groupCount, someLeave);
        try (Api api = new Api(world.fleet(), world.clock())) {
            EventKind.define(api);
            // Every replica knows of it before it hears the first outcome.
            world.webhooks()
                    .subscribe(
                            api,
                            world.fleet().members(Service.INGEST_API).stream()
                                    .map(Member::origin)
                                    .toList(),
                            WEBHOOK_OUTCOMES.stream()
                                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                                    .toList(),
                            List.copyOf(WEBHOOK_TYPES));
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

    /** Who belongs to the first group's audience, is not told otherwise, and is none of whom evidence is about. */
    List<Person> leavers() {
        return leavers;
    }

    private void register(int group, Api api, World world) {
        List<Person> members = new ArrayList<>(groups.get(group));
        if (group == 0) {
            members.addAll(leavers);
        }
        for (Person person : members) {
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
        String[] ids = members.stream().map(Person::id).toArray(String[]::new);
        api.join(audience(group), ids);
    }
}
