/**
 * A client for services that publish to Carillon.
 *
 * <pre>{@code
 * Carillon carillon = Carillon.at("http://127.0.0.1:8080").key(key).build();
 *
 * Receipt receipt = carillon.publish(Event.of("invoice.paid")
 *         .id("inv-1")
 *         .source("billing")
 *         .to("ada")
 *         .title("Invoice INV-1 was paid")
 *         .body("Northwind settled 1,280.00.")
 *         .data("amount", 1280));
 *
 * for (Result result : carillon.publishAll(List.of(Event.of("build.failed").to("bob").title("Build 7 failed")))) {
 *     switch (result) {
 *         case Result.Accepted(Receipt accepted) -> log.add("accepted " + accepted.uid());
 *         case Result.Refused(Problem problem) -> log.add("refused: " + problem.detail());
 *     }
 * }
 *
 * carillon.recipients().register("ada", Map.of("name", "Ada", "email", "ada@example.org"));
 * carillon.audiences().add("team-7", List.of("ada", "bob"));
 * carillon.publish(Event.of("team.renamed").toAudience("team-7").exclude("bob").title("The team has a new name"));
 *
 * carillon.cancel(receipt);
 * log.add(carillon.timeline(receipt.uid()).notifications().size() + " told");
 * }</pre>
 *
 * <p>Every event has an id, made here where none is given, so that what was not answered can be sent again and is told
 * once. The client does that by itself: after 429, 502, 503 and 504, and where no answer came, up to the limits of {@link
 * Retries}, and not before a {@code Retry-After}. What is wrong with a request is a {@link RefusedException} with the
 * fields that break a rule; what is not known to have arrived, an {@link UnavailableException}.
 *
 * <p>A client is safe for all threads; one is enough for a process. Calls block, and may be made from virtual threads.
 */
@NullMarked
package dev.carillon.client;

import org.jspecify.annotations.NullMarked;
