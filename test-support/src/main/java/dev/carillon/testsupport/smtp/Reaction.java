package dev.carillon.testsupport.smtp;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What the fake relay does about a command. A message whose final dot is met with silence was taken all the same: the
 * client cannot know.
 */
public sealed interface Reaction {

    /** Answers with these lines, each with its code. */
    record Answer(String lines) implements Reaction {}

    /** Answers and then closes the connection. */
    record AnswerAndDrop(String lines) implements Reaction {}

    /** Closes the connection without a word. */
    record Drop() implements Reaction {}

    /** Says nothing more until the relay is closed. */
    record Stall() implements Reaction {}

    /** Goes on as usual, after a while. */
    record Hesitate(Duration pause) implements Reaction {}

    static Reaction hesitate(Duration pause) {
        return new Hesitate(pause);
    }
    /** Answers as a friendly relay, once the gate is open. */
    record AnswerLater(CountDownLatch gate) implements Reaction {}

    static Reaction answer(String lines) {
        return new Answer(lines);
    }

    static Reaction answerAndDrop(String lines) {
        return new AnswerAndDrop(lines);
    }

    static Reaction drop() {
        return new Drop();
    }

    static Reaction answerLater(CountDownLatch gate) {
        return new AnswerLater(gate);
    }

    static Reaction stall() {
        return new Stall();
    }
}
