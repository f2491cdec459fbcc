package dev.carillon.ingest.console.oidc;

/** How a sign-in ends. */
public sealed interface Finished permits Finished.SignedIn, Refused {

    /** @param returnPath of the console, where she wanted to go */
    record SignedIn(Person person, String returnPath) implements Finished {}
}
