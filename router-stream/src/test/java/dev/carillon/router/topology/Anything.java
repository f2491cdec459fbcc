package dev.carillon.router.topology;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import dev.carillon.schemas.type.Template;
import dev.carillon.schemas.type.TypeDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Types with every policy, people with any settings, and events of all kinds, at random. */
final class Anything {
    private static final int TEAMS = 4;
    private static final Set<Channel> ALL = Set.of(Channel.values());
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final RandomGenerator random;
    private final int people;
    private final Map<String, NotificationType> types = new LinkedHashMap<>();
    private final Map<String, Set<String>> teams = new TreeMap<>();

    Anything(RandomGenerator random, int people) {
        this.random = random;
        this.people = people;
        Batch batch = new Batch(ALL, Batch.Mode.SLIDING, TEN_MINUTES, Duration.ofHours(2), true, "{{data.project}}", 3);
        Batch fixed = new Batch(Set.of(), Batch.Mode.FIXED, TEN_MINUTES, null, false, null, 3);
        DigestSchedule weekly = new DigestSchedule(Frequency.WEEKLY, List.of(LocalTime.NOON), Weekday.MON, 1);
        type("plain", Policies.none());
        type("critical", Policies.none());
        type("batch", new Policies(List.of(batch), null, List.of(), null, false));
        type("alone", new Policies(List.of(fixed), null, List.of(), null, true));
        type("digest", new Policies(List.of(), new TypeDigest(Set.of(), null), List.of(), null, false));
        type("weekly", new Policies(List.of(), new TypeDigest(ALL, weekly), List.of(), null, false));
        type("few", capped(OverCap.DIGEST, new Cap(null, null, 3, Cap.Period.DAY)));
        type("fewer", capped(OverCap.DROP, new Cap(null, null, 4, Cap.Period.WEEK)));
        type("calm", capped(OverCap.DIGEST, new Cap(Channel.INAPP, "misc", 3, Cap.Period.HOUR)));
        type(
                "steps",
                Policies.none()
                        .withSteps(List.of(
                                new Step(Channel.INAPP, null, null),
                                new Step(Channel.PUSH, Duration.ofMinutes(30), "data.amount < 80"),
                                new Step(Channel.EMAIL, null, null))));
        type(
                "ladder",
                Policies.none()
                        .withSteps(List.of(
                                new Step(Channel.PUSH, null, null), new Step(Channel.EMAIL, TEN_MINUTES, null))));
        type(
                "unread",
                Policies.none()
                        .withSteps(List.of(new Step(Channel.INAPP, null, null), new Step(Channel.EMAIL, null, null))));
        type(
                "conditioned",
                Policies.none()
                        .withConditions(Map.of(
                                Channel.EMAIL, "data.amount > 50", Channel.PUSH, "recipient.locale.startsWith('de')")));
    }

    private void type(String name, Policies policies) {
        String category = name.length() % 2 == 0 ? "misc" : "work";
        List<Template> templates =
                List.of(new Template(null, null, "{{title}} {{data.absent}}", null, "{{body}}", null));
        boolean critical = name.equals("critical");
        Set<Channel> channels = name.equals("plain") ? Set.of(Channel.INAPP, Channel.EMAIL) : ALL;
        types.put(
                name,
                new NotificationType(name, 1, name, null, category, channels, null, null, critical, false, templates)
                        .withPolicies(policies));
    }

    private static Policies capped(OverCap over, Cap cap) {
        return new Policies(List.of(), null, List.of(cap), over, false);
    }

    /** Makes the types known, and lets people join teams. */
    void begin(RouterDriver router) {
        types.values().forEach(router::type);
        for (int team = 0; team < TEAMS; team++) {
            String name = "team-" + team;
            for (int person = 0; person < people; person++) {
                if (random.nextInt(3) == 0) {
                    router.join(name, "p" + person, 1, RouterDriver.START);
                    teams.computeIfAbsent(name, key -> new TreeSet<>()).add("p" + person);
                }
            }
        }
    }

    /** A team of everybody. */
    void begin(RouterDriver router, String name) {
        for (int person = 0; person < people; person++) {
            router.join(name, "p" + person, 1, RouterDriver.START);
            teams.computeIfAbsent(name, key -> new TreeSet<>()).add("p" + person);
        }
    }

    String person() {
        return "p" + random.nextInt(people);
    }

    private String team() {
        return "team-" + random.nextInt(TEAMS);
    }

    /** Of any type or none, to anybody. */
    Events event(String id, Instant now) {
        Content content = new Content(
                "Title of " + id,
                null,
                "Body of " + id,
                null,
                List.of(),
                null,
                List.of(new Subject("invoice", "i" + random.nextInt(3), null, null)),
                random.nextInt(10) == 0
                        ? Map.of()
                        : Map.of("amount", random.nextInt(100), "project", "x" + random.nextInt(2)));
        Events event = to(Events.event(id, now).content(content));
        List<String> names = List.copyOf(types.keySet());
        int type = random.nextInt(names.size() + 1);
        event = type == names.size() ? event : event.type(names.get(type), 1);
        if (random.nextInt(4) == 0) {
            event = event.priority(List.of(Priority.values()).get(random.nextInt(4)));
        }
        if (random.nextInt(4) == 0) {
            event = event.group("g" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            event = event.thread("t" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            event = event.by(person());
        }
        return random.nextInt(6) == 0 ? event.expiresAt(now.plus(minutes(-5, 600))) : event;
    }

    private Events to(Events event) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> event.toAudiences(team());
            case 2, 3 -> event.toAudiences(team(), team()).except(person(), "team-3");
            case 4 -> event.toAudiences(team()).to(person());
            case 5 ->
                switch (random.nextInt(5)) {
                    case 0 -> event.toEverybody();
                    case 1 -> event.toEverybody().except(person(), team());
                    default -> event.to(person());
                };
            default -> event.to(person(), person());
        };
    }

    /** Whom {@code event} is for, as far as it does not go to everybody. */
    Set<String> targets(Events event) {
        Set<String> all = new LinkedHashSet<>();
        event.targets().audiences().forEach(team -> all.addAll(teams.getOrDefault(team.value(), Set.of())));
        event.targets().recipients().forEach(one -> all.add(one.value()));
        event.targets().excludeRecipients().forEach(one -> all.remove(one.value()));
        event.targets().excludeAudiences().forEach(team -> all.removeAll(teams.getOrDefault(team.value(), Set.of())));
        return all;
    }

    Preferences preferences(Instant now) {
        List<QuietWindow> windows = new ArrayList<>();
        if (random.nextBoolean()) {
            LocalTime start = LocalTime.ofSecondOfDay(random.nextInt(1_440) * 60L);
            LocalTime end = start.plusMinutes(random.nextInt(1, 1_439));
            windows.add(new QuietWindow(Set.of(), start, end, random.nextBoolean() ? Set.of() : ALL, flag()));
        }
        return new Preferences(
                new ChannelSwitches(flag(), flag(), flag()),
                random.nextBoolean() ? Map.of() : Map.of("misc", choices(), "work", choices()),
                random.nextBoolean() ? Map.of() : Map.of("plain", choices(), "batch", choices(), "steps", choices()),
                windows,
                random.nextBoolean() ? "Europe/Vienna" : null,
                random.nextInt(8) == 0 ? now.plus(minutes(1, 600)) : null,
                digest(),
                random.nextBoolean() ? null : new Briefing(random.nextBoolean(), DigestSchedule.MORNING),
                random.nextBoolean() ? null : new Briefing(random.nextBoolean(), DigestSchedule.EVENING),
                mutes(now));
    }

    private @Nullable DigestSchedule digest() {
        List<Frequency> all = List.of(Frequency.values());
        Frequency frequency = all.get(random.nextInt(all.size()));
        return random.nextBoolean()
                ? null
                : new DigestSchedule(frequency, List.of(), Weekday.MON, random.nextInt(1, 32));
    }

    private List<Mute> mutes(Instant now) {
        List<Mute> mutes = new ArrayList<>();
        for (Mute.Kind kind : Mute.Kind.values()) {
            if (random.nextInt(8) == 0) {
                String id = switch (kind) {
                    case AUDIENCE -> team();
                    case PERSON -> person();
                    case SUBJECT -> "i" + random.nextInt(3);
                    case GROUP -> "g" + random.nextInt(3);
                    case THREAD -> "t" + random.nextInt(3);
                    case EVERYTHING -> null;
                };
                Instant until = random.nextBoolean() ? null : now.plus(minutes(-5, 600));
                mutes.add(new Mute(kind, kind == Mute.Kind.SUBJECT ? "invoice" : null, id, until));
            }
        }
        return mutes;
    }

    private @Nullable Boolean flag() {
        return random.nextInt(4) == 0 ? false : null;
    }

    private ChannelChoices choices() {
        return new ChannelChoices(choice(), choice(), choice());
    }

    private @Nullable Choice choice() {
        List<Choice> all = List.of(Choice.values());
        return random.nextBoolean() ? null : all.get(random.nextInt(all.size()));
    }

    private Duration minutes(int from, int to) {
        return Duration.ofMinutes(random.nextInt(from, to));
    }
}
