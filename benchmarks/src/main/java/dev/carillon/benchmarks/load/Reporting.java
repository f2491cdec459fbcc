package dev.carillon.benchmarks.load;

import dev.carillon.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a program says to the one that started it. */
public final class Reporting {
    /** Followed by how to reach the program. */
    public static final String READY = "READY ";

    /** From now on it counts. */
    public static final String MEASURING = "MEASURING";

    /** Followed by JSON. */
    public static final String RESULT = "RESULT ";

    private Reporting() {}

    public static void ready(Object address) {
        System.out.println(READY + address);
    }

    public static void measuring() {
        System.out.println(MEASURING);
    }

    /** Waits to be ended then: what the program has used is to be read first. */
    public static void result(Map<String, ?> result) {
        System.out.println(RESULT + new String(Json.write(result), StandardCharsets.UTF_8));
        try {
            awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the program that started this one has ended or closed the connection. */
    public static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is ever said this way.
        }
    }
}
