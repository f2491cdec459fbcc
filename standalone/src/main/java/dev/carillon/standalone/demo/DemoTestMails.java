package dev.carillon.standalone.demo;

import dev.carillon.platform.auth.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which test mails the demo's key may send, though it operates nothing: those to people of the demo. */
final class DemoTestMails implements RequestMatcher {
    private static final String PATH = "/api/v1/email/test";

    private final byte[] key;

    DemoTestMails(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return request.getRequestURI().equals(PATH) && showsTheKey(request) && isToSomebodyOfTheDemo(request);
    }

    private boolean showsTheKey(HttpServletRequest request) {
        String token = BearerToken.of(request);
        return token != null && MessageDigest.isEqual(key, token.getBytes(StandardCharsets.UTF_8));
    }

    /** Asked last: parameters of a form are read from its body. */
    private static boolean isToSomebodyOfTheDemo(HttpServletRequest request) {
        String[] to = request.getParameterValues("to");
        return to != null
                && to.length == 1
                && Stream.of(DemoUser.values()).map(DemoUser::email).anyMatch(to[0]::equals);
    }
}
