package dev.carillon.ingest.console;

import dev.carillon.ingest.console.oidc.Begun;
import dev.carillon.ingest.console.oidc.Begun.Redirected;
import dev.carillon.ingest.console.oidc.Callback;
import dev.carillon.ingest.console.oidc.Finished;
import dev.carillon.ingest.console.oidc.Finished.SignedIn;
import dev.carillon.ingest.console.oidc.OidcSignIn;
import dev.carillon.ingest.console.oidc.Refused;
import dev.carillon.ingest.console.oidc.Refused.Reason;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signs operators in at an issuer, where the settings name one. Browsers come here by links, so refusals are pages. */
@RestController
@RequestMapping("/console/session")
final class OidcController {
    private static final String OIDC = "/oidc";

    private final Sessions sessions;
    private final ConsoleCookies cookies;
    private final String label;
    private final @Nullable OidcSignIn signIn;

    /** @param signIn null where it is off */
    OidcController(Sessions sessions, ConsoleCookies cookies, String label, @Nullable OidcSignIn signIn) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.label = label;
        this.signIn = signIn;
    }

    /**
     * How somebody can sign in.
     *
     * @param oidc null: with a key alone
     */
    record Ways(@Nullable Way oidc) {}

    /**
     * A button.
     *
     * @param href whole address, to which {@code ?return=} and a page of the console may be added
     */
    record Way(String label, String href) {}

    @GetMapping("/ways")
    ResponseEntity<byte[]> ways() {
        Ways ways = new Ways(signIn == null ? null : new Way(label, signIn.address()));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.write(ways));
    }

    @GetMapping(OIDC)
    ResponseEntity<byte[]> begin(
            HttpServletRequest request, @RequestParam(name = "return", required = false) @Nullable String returnPath) {
        Begun begun = requireOn().begin(returnPath);
        return switch (begun) {
            case Redirected(URI to, String id, String browser) -> {
                List<String> set = new ArrayList<>(cookies.endManySignIns(request));
                set.add(cookies.keepSignIn(request, id, browser, OidcSignIn.PENDING));
                yield leadOn(to, set);
            }
            case Refused refused -> RefusalPage.of(refused, List.of());
        };
    }

    /** Whoever only asks for the head, as something that looks at links does, uses no code up. */
    @GetMapping(OIDC + "/callback")
    ResponseEntity<byte[]> finish(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String iss)
            throws HttpRequestMethodNotSupportedException {
        OidcSignIn on = requireOn();
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("GET"));
        }
        Callback callback = new Callback(state, code, error, iss);
        String id = callback.id();
        String browser = id == null ? null : cookies.signIn(request, id);
        Finished finished = on.finish(callback, browser);
        List<String> ended = id == null || browser == null ? List.of() : List.of(cookies.endSignIn(request, id));
        return switch (finished) {
            case SignedIn signedIn -> {
                List<String> set = new ArrayList<>(ended);
                set.add(cookies.keepSession(
                        request, sessions.open(signedIn.person()).token()));
                yield leadOn(URI.create(signedIn.returnPath()), set);
            }
            case Refused refused -> RefusalPage.of(refused, refused.reason() == Reason.AWAY ? List.of() : ended);
        };
    }

    private OidcSignIn requireOn() {
        if (signIn == null) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, ProblemException.NO_SUCH_PATH);
        }
        return signIn;
    }

    private static ResponseEntity<byte[]> leadOn(URI to, List<String> set) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(to)
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.SET_COOKIE, set.toArray(String[]::new))
                .build();
    }
}
