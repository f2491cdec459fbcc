package dev.carillon.benchmarks.stage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Under which a run is made.
 *
 * @param home the project's directory, where the services' jars are
 * @param profiles where flight recordings of every service are written; null for none
 */
public record Conditions(Scale scale, Path home, @Nullable Path profiles, Progress progress) {}
