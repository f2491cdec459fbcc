package dev.carillon.ingest.privacy;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.platform.personal.PersonalData;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.recipient.ReservedIds;
import dev.carillon.schemas.reply.ExportParts;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** What this service itself keeps: that of all its features. */
final class KeptHere implements PersonalData {
    private final List<KeepsRecipients> features;
    private final PrivacyTable requests;
    private final Clock clock;

    KeptHere(List<KeepsRecipients> features, PrivacyTable requests, Clock clock) {
        this.features = List.copyOf(features);
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public void export(Command.Export asked, ExportParts into) {
        features.forEach(feature -> feature.export(asked.recipient(), into));
    }

    @Override
    public Map<String, Long> erase(Command.Erase wanted) {
        String pseudonym = requests.find(UUID.fromString(wanted.request()))
                .map(PrivacyRequest::pseudonym)
                .orElseGet(ReservedIds::pseudonym);
        Map<String, Long> removed = new TreeMap<>();
        features.forEach(feature -> feature.erase(wanted.recipient(), Objects.requireNonNull(pseudonym))
                .forEach((table, number) -> removed.merge(table, number, Long::sum)));
        removed.put("exports_of_others", (long) requests.overtakeNaming(wanted.recipient(), clock.instant()));
        return removed;
    }
}
