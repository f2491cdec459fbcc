package dev.carillon.standalone.demo;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.http.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives away the demo's API key and the demo users' tokens, so that scripts can play both sides. */
@RestController
final class DemoController {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final String key;
    private final EndUserTokens tokens;

    DemoController(String key, EndUserTokens tokens) {
        this.key = key;
        this.tokens = tokens;
    }

    @GetMapping("/demo/key")
    Key key() {
        return new Key(key);
    }

    @GetMapping("/demo/token")
    Token token(@RequestParam String user) {
        return DemoUser.named(user)
                .map(known -> new Token(tokens.issue(known.id(), TOKEN_LIFE)))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND, "there is no such demo user; user must be ada, bob or cyd"));
    }

    record Key(String key) {}

    record Token(String token) {}
}
