package dev.carillon.ingest.publication;

import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Which version a caller expects to change.
 *
 * @param expected null for any, 0 for none yet, {@link #SOME} for any that exists
 */
public record Precondition(@Nullable Long expected) {
    private static final long SOME = -1;
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    /**
     * What the headers {@code If-Match} and {@code If-None-Match} ask for.
     *
     * @throws ProblemException 412 where a tag can be none of ours
     */
    public static Precondition of(HttpServletRequest request) {
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        if (ifMatch != null) {
            return new Precondition(ifMatch.strip().equals("*") ? Long.valueOf(SOME) : version(ifMatch.strip()));
        }
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        return new Precondition(ifNoneMatch != null && ifNoneMatch.strip().equals("*") ? 0L : null);
    }

    /** Whether the caller names one version that she has read, and nothing less definite. */
    public boolean namesVersion() {
        return expected != null && expected > 0;
    }

    /** Whether a row that exists at {@code version} is what the caller expects. */
    public boolean isMetBy(long version) {
        return expected == null || expected == SOME || expected == version;
    }

    /** Whether no row at all is what the caller expects. */
    public boolean isMetByNone() {
        return expected == null || expected == 0;
    }

    private static Long version(String tag) {
        Matcher matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            throw failed();
        }
        return Long.valueOf(matcher.group(1));
    }

    /** 412: somebody else was faster. */
    public static ProblemException failed() {
        return ProblemException.of(
                HttpStatus.PRECONDITION_FAILED,
                "version_conflict",
                "it has another version by now: read it again, and send your change with the new ETag");
    }
}
