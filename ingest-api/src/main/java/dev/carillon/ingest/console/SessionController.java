package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.console.Sessions.Opened;
import dev.carillon.ingest.console.Sessions.Session;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Signs operators in and out. Only JSON is taken, which a form of another site cannot send, and the cookie goes to no
 * request that another site begins.
 */
@RestController
@RequestMapping("/console/session")
final class SessionController {
    private static final int MAX_BYTES = 4 * 1024;
    private static final int MAX_KEY = 512;

    private final Sessions sessions;
    private final ApiKeys keys;
    private final ConsoleCookies cookies;

    SessionController(Sessions sessions, ApiKeys keys, ConsoleCookies cookies) {
        this.sessions = sessions;
        this.keys = keys;
        this.cookies = cookies;
    }

    /**
     * Who is signed in.
     *
     * @param csrf for the header of every call
     * @param idleSeconds after how long without a call she is signed out
     */
    record Signed(String name, Set<Scope> scopes, String csrf, long idleSeconds) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> signIn(HttpServletRequest request) throws IOException {
        Violations violations = new Violations();
        String token = Fields.ofDocument(
                        StrictJson.parse(BodyBytes.read(request, MAX_BYTES)), Set.of("key"), violations)
                .requiredLabel("key", MAX_KEY);
        violations.refuseIfAny();
        ApiKey key = keys.find(token);
        if (key == null) {
            throw ProblemException.of(HttpStatus.UNAUTHORIZED, "this is no valid API key");
        }
        if (!key.may(Scope.OPERATE)) {
            throw ProblemException.of(
                    HttpStatus.FORBIDDEN, "wrong_scope", "the console needs a key with the scope operate");
        }
        Opened opened = sessions.open(key);
        return answer(opened.session(), cookies.keepSession(request, opened.token()));
    }

    /** Who is signed in with the cookie; a page that is loaded anew learns its token here. */
    @GetMapping
    ResponseEntity<byte[]> current(HttpServletRequest request) {
        String token = cookies.session(request);
        Session session = token == null ? null : sessions.find(token, true);
        if (token == null || session == null) {
            throw ProblemException.of(HttpStatus.UNAUTHORIZED, "nobody is signed in, or not any more");
        }
        return answer(session, cookies.keepSession(request, token));
    }

    @DeleteMapping
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        String token = cookies.session(request);
        Session session = token == null ? null : sessions.find(token, true);
        if (token != null && session != null) {
            if (!session.isRepeatedBy(request.getHeader(ConsoleKey.CSRF_HEADER))) {
                throw ProblemException.of(HttpStatus.FORBIDDEN, "wrong_csrf", "the header does not repeat the token");
            }
            sessions.close(token);
        }
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookies.endSession(request))
                .build();
    }

    private ResponseEntity<byte[]> answer(Session session, String cookie) {
        ApiKey key = session.key();
        Signed signed = new Signed(
                key.name(), key.scopes(), session.csrf(), sessions.idle().toSeconds());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(signed));
    }
}
