package dev.carillon.schemas;

import static dev.carillon.schemas.Examples.ADA;
import static dev.carillon.schemas.Examples.ID;
import static dev.carillon.schemas.Examples.NOW;
import static dev.carillon.schemas.Examples.UID;

import dev.carillon.schemas.Examples.Example;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.reply.Reply;
import java.util.List;
import java.util.Map;

/** What services tell each other of what people did, and what they are told to do. */
final class ToldExamples {

    private ToldExamples() {}

    static Map<String, Example> all() {
        return Map.ofEntries(
                Map.entry("control-cancel", new Example(Control.class, new Control.Cancel(UID, List.of(ADA), NOW))),
                Map.entry("activity-read", new Example(Activity.class, new Activity.Read(ADA, List.of(ID), NOW))),
                Map.entry("activity-read-all", new Example(Activity.class, new Activity.ReadAll(ADA, NOW, NOW))),
                Map.entry("activity-seen", new Example(Activity.class, new Activity.Seen(ADA, List.of(ID), NOW))),
                Map.entry(
                        "activity-seen-in-mail",
                        new Example(Activity.class, new Activity.Seen(ADA, List.of(ID), NOW, Channel.EMAIL))),
                Map.entry(
                        "activity-clicked",
                        new Example(Activity.class, new Activity.Clicked(ADA, ID, Channel.PUSH, NOW))),
                Map.entry(
                        "activity-dismissed",
                        new Example(Activity.class, new Activity.Dismissed(ADA, List.of(ID), NOW))),
                Map.entry(
                        "activity-ended",
                        new Example(
                                Activity.class,
                                new Activity.Ended(
                                        ADA,
                                        List.of(ID),
                                        Channel.PUSH,
                                        OutcomeState.SKIPPED,
                                        Reason.NO_SUBSCRIPTION,
                                        NOW))),
                Map.entry(
                        "activity-reachable",
                        new Example(Activity.class, new Activity.Reachable(ADA, Channel.PUSH, true, NOW))),
                Map.entry(
                        "activity-unsubscribed",
                        new Example(
                                Activity.class,
                                new Activity.Unsubscribed(
                                        ADA, Channel.EMAIL, UnsubscribeScope.CATEGORY, "billing", NOW))),
                Map.entry(
                        "activity-unsubscribed-from-mail",
                        new Example(
                                Activity.class,
                                new Activity.Unsubscribed(ADA, Channel.EMAIL, UnsubscribeScope.ALL, null, NOW, ID))),
                Map.entry(
                        "activity-archived", new Example(Activity.class, new Activity.Archived(ADA, List.of(ID), NOW))),
                Map.entry(
                        "activity-replaced", new Example(Activity.class, new Activity.Replaced(ADA, List.of(ID), NOW))),
                Map.entry("activity-acted", new Example(Activity.class, new Activity.Acted(ADA, ID, "approve", NOW))),
                Map.entry("command-dismiss", new Example(Command.class, new Command.Dismiss(ADA, ID, NOW))),
                Map.entry(
                        "command-dismiss-group",
                        new Example(Command.class, new Command.DismissGroup(ADA, "job/7", NOW))),
                Map.entry(
                        "command-subject-gone", new Example(Command.class, new Command.SubjectGone("team", "7", NOW))),
                Map.entry("command-actor-erased", new Example(Command.class, new Command.ActorErased(ADA, NOW))),
                Map.entry(
                        "command-export",
                        new Example(Command.class, new Command.Export("x-1", ADA, List.of("ada@example.org"), NOW))),
                Map.entry(
                        "command-erase",
                        new Example(Command.class, new Command.Erase("e-1", 2, ADA, List.of("ada@example.org"), NOW))),
                Map.entry(
                        "command-erase-under-pseudonym",
                        new Example(Command.class, new Command.Erase("e-1", 2, ADA, List.of(), NOW, "erased:0b9c"))),
                Map.entry("control-erased", new Example(Control.class, new Control.Erased(ErasedId.of(ADA), NOW))),
                Map.entry(
                        "reply-exported",
                        new Example(
                                Reply.class,
                                new Reply.Exported(
                                        "x-1",
                                        Service.PUSH_WORKER,
                                        0,
                                        1,
                                        Map.of(
                                                "subscriptions",
                                                List.of(Json.mapper().valueToTree(Map.of("label", "Phone")))),
                                        NOW))),
                Map.entry(
                        "reply-erased",
                        new Example(
                                Reply.class,
                                new Reply.Erased("e-1", 1, Service.ROUTER_STREAM, 3, 12, Map.of("holds", 2L), NOW))));
    }
}
