package dev.carillon.ingest.recipient;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.type.NotificationType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient stopped without a login, within her preferences: the choices that say so, and the list that keeps a
 * document which was written without knowing of it from undoing it.
 */
final class Unsubscriptions {
    private static final ChannelChoices NONE = new ChannelChoices(null, null, null);

    private final TypeCatalogue catalogue;

    Unsubscriptions(TypeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** {@code document} with everything of {@code stop} off, also where a more precise choice had it on. */
    PreferenceDocument apply(PreferenceDocument document, Unsubscription stop) {
        return withChoices(document, stop).withUnsubscribed(added(document.unsubscribed(), stop));
    }

    /** What somebody wrote who did not know of {@code standing}: that stays in force. */
    PreferenceDocument keep(PreferenceDocument sent, List<Unsubscription> standing) {
        PreferenceDocument kept = sent.withUnsubscribed(List.of());
        for (Unsubscription stop : standing) {
            kept = apply(kept, stop);
        }
        return kept;
    }

    /** What somebody wrote who knew of {@code standing}: where her choices say otherwise it is taken back. */
    PreferenceDocument replace(PreferenceDocument sent, List<Unsubscription> standing) {
        return sent.withUnsubscribed(
                standing.stream().filter(stop -> says(sent, stop)).toList());
    }

    /** Those of {@code standing} that {@code sent} would have undone. */
    List<Unsubscription> defended(PreferenceDocument sent, List<Unsubscription> standing) {
        return standing.stream().filter(stop -> !says(sent, stop)).toList();
    }

    private boolean says(PreferenceDocument document, Unsubscription stop) {
        return withChoices(document, stop).equals(document);
    }

    private PreferenceDocument withChoices(PreferenceDocument document, Unsubscription stop) {
        Channel channel = stop.channel();
        String name = String.valueOf(stop.name());
        ChannelSwitches switches = document.channels();
        return switch (stop.scope()) {
            case TYPE -> document.withChoices(switches, document.categories(), off(document.types(), name, channel));
            case CATEGORY ->
                document.withChoices(
                        switches,
                        off(document.categories(), name, channel),
                        notOn(document.types(), channel, type -> isOf(type, name)));
            case ALL ->
                document.withChoices(
                        switches.with(channel, false),
                        notOn(document.categories(), channel, category -> true),
                        notOn(document.types(), channel, type -> true));
        };
    }

    private boolean isOf(String type, String category) {
        NotificationType known = catalogue.find(type);
        return known != null && category.equals(known.category());
    }

    private static SortedMap<String, ChannelChoices> off(
            SortedMap<String, ChannelChoices> choices, String name, Channel channel) {
        SortedMap<String, ChannelChoices> changed = new TreeMap<>(choices);
        changed.put(name, changed.getOrDefault(name, NONE).with(channel, Choice.OFF));
        return changed;
    }

    private static SortedMap<String, ChannelChoices> notOn(
            SortedMap<String, ChannelChoices> choices, Channel channel, Predicate<String> which) {
        SortedMap<String, ChannelChoices> changed = new TreeMap<>(choices);
        changed.replaceAll(
                (name, choice) -> which.test(name) ? choice.with(channel, onlyOff(choice.of(channel))) : choice);
        return changed;
    }

    private static @Nullable Choice onlyOff(@Nullable Choice choice) {
        return choice == Choice.OFF ? choice : null;
    }

    private static List<Unsubscription> added(List<Unsubscription> all, Unsubscription stop) {
        List<Unsubscription> more = new ArrayList<>(all);
        more.removeIf(stop::stopsSame);
        more.add(stop);
        return more;
    }
}
