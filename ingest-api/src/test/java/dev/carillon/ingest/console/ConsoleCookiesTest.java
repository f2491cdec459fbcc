package dev.carillon.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ConsoleCookiesTest {
    private final ConsoleCookies plain = new ConsoleCookies(false);
    private final ConsoleCookies tls = new ConsoleCookies(true);
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void bothAreBoundToTheHostWhereBrowsersComeOverTls() {
        String session = tls.keepSession(request, "t");
        assertThat(session)
                .startsWith("__Host-carillon-console=t;")
                .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Domain", "Max-Age");
        assertThat(tls.endSession(request))
                .startsWith("__Host-carillon-console=;")
                .contains("Secure", "Max-Age=0");
        assertThat(tls.keepSignIn(request, "id", "t", Duration.ofMinutes(1)))
                .startsWith("__Host-carillon-console-oidc-id=t;")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=60");
        assertThat(plain.keepSession(request, "t"))
                .startsWith("carillon-console=t;")
                .doesNotContain("Secure");
        request.setSecure(true);
        assertThat(plain.keepSession(request, "t")).isEqualTo(session);
    }

    @Test
    void whatAPlainLineCouldHavePlantedDoesNotCountOverTls() {
        request.setCookies(
                new Cookie("carillon-console", "planted"), new Cookie("carillon-console-oidc-id", "planted"));
        assertThat(plain.session(request)).isEqualTo("planted");
        assertThat(tls.session(request)).isNull();
        assertThat(tls.signIn(request, "id")).isNull();
    }
}
