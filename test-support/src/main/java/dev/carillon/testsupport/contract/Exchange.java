package dev.carillon.testsupport.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * @param parameters of the query, by name
 * @param requestType media type without its parameters; {@code *}{@code /*} for the binary mode of CloudEvents
 * @param responseType likewise
 */
record Exchange(
        String method,
        String path,
        Map<String, String[]> parameters,
        @Nullable String requestType,
        byte[] requestBody,
        int status,
        @Nullable String responseType,
        byte[] responseBody) {
    boolean isSuccess() {
        return status / 100 == 2 || status == 101 || status == 302;
    }
}
