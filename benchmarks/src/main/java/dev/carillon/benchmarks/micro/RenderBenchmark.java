package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Title and body by the templates of a type; the floor puts the same texts together by hand. */
@State(Scope.Benchmark)
public class RenderBenchmark {
    private final RenderContent render = new RenderContent(100);
    private final Event event = Samples.accepted("1", "ada", Instant.parse("2026-11-20T10:00:00Z"), null)
            .event();
    private final Reader reader = new Reader(new RecipientId("ada"), "Ada", Locale.ENGLISH, Channel.INAPP);
    private final NotificationType type = new NotificationType(
            "invoice.paid",
            1,
            "Invoices",
            null,
            "billing",
            Set.of(Channel.INAPP),
            null,
            null,
            false,
            false,
            List.of(new Template(
                    null,
                    null,
                    "Invoice over {{data.amount}} {{data.currency}} was paid",
                    null,
                    "{{recipient.name}}, the branch {{data.branch}} has booked {{data.amount}} {{data.currency}}.",
                    null)));

    @Benchmark
    public Content ours() {
        return render.render(event, type, reader).content();
    }

    @Benchmark
    public Content floor() {
        var data = event.content().data();
        String sum = data.get("amount") + " " + data.get("currency");
        return Content.of(
                "Invoice over " + sum + " was paid",
                reader.name() + ", the branch " + data.get("branch") + " has booked " + sum + ".");
    }
}
