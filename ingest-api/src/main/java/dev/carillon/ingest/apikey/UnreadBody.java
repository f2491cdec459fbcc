package dev.carillon.ingest.apikey;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads what a refused request still has to say, up to a limit. A server that answers before it has read the body must
 * close the connection, and a caller who reuses it meanwhile sees her next request fail without an answer.
 */
final class UnreadBody extends OncePerRequestFilter {
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int PIECE = 16 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() >= HttpStatus.BAD_REQUEST.value()) {
            drain(request.getInputStream());
        }
    }

    private static void drain(InputStream body) throws IOException {
        byte[] piece = new byte[PIECE];
        int read = 0;
        for (int n = body.read(piece); n >= 0 && read < MAX_BYTES; n = body.read(piece)) {
            read += n;
        }
    }
}
