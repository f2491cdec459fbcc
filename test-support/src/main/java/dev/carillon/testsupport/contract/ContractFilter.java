package dev.carillon.testsupport.contract;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies what passes, before everything else in the server, and has it held against the document. */
final class ContractFilter extends HttpFilter {
    private static final String SESSION = "/console/session";
    private static final Set<String> WATCHED = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    /** Live connections are taken over from the server, which copies of request and response do not allow. */
    private static final Set<String> LIVE =
            Set.of("/api/v1/notifications/stream", "/api/v1/notifications/ws", "/api/v1/ws/notifications");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        boolean ours = path.startsWith("/api/v1/") || path.equals(SESSION) || path.startsWith(SESSION + "/");
        if (!ours || !WATCHED.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        if (LIVE.contains(path)) {
            chain.doFilter(request, response);
            Watch.seeLive(request.getMethod(), path, response.getStatus());
            return;
        }
        CopyingRequest asked = new CopyingRequest(request);
        CopyingResponse answered = new CopyingResponse(response);
        chain.doFilter(asked, answered);
        Watch.see(exchange(asked, answered));
    }

    private static Exchange exchange(CopyingRequest asked, CopyingResponse answered) {
        Map<String, String[]> query = query(asked.getQueryString());
        boolean cloudEvent = asked.getHeader("ce-specversion") != null;
        return new Exchange(
                asked.getMethod(),
                asked.getRequestURI(),
                query,
                cloudEvent ? "*/*" : plain(asked.getContentType()),
                asked.copy(),
                answered.getStatus(),
                plain(answered.getContentType()),
                answered.copy());
    }

    private static Map<String, String[]> query(@Nullable String text) {
        Map<String, String[]> query = new HashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            String[] halves = pair.split("=", 2);
            String name = URLDecoder.decode(halves[0], StandardCharsets.UTF_8);
            String value = halves.length == 2 ? URLDecoder.decode(halves[1], StandardCharsets.UTF_8) : "";
            query.put(name, new String[] {value});
        }
        return query;
    }

    private static @Nullable String plain(@Nullable String type) {
        return type == null ? null : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
