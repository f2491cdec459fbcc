package dev.carillon.standalone.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.compose.SharedCarillon;
import dev.carillon.testsupport.browser.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCarillon.class)
class OpenApiPageTest {
    private static final String CALL = "#operations-Settings-putRecipient ";

    @Test
    void aCallIsTriedWithAKeyAndNothingIsAskedElsewhere(Standalone carillon) {
        String key = carillon.context().getEnvironment().getRequiredProperty("carillon.ingest.bootstrap-key");
        try (Chromium chromium = Chromium.start();
                BrowserContext visitor = chromium.visitor(1280, 900)) {
            Page page = visitor.newPage();
            List<String> faults = new ArrayList<>();
            page.onPageError(faults::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    faults.add(message.text());
                }
            });
            page.onRequest(request -> {
                if (!request.url().startsWith(SharedCarillon.ORIGIN)
                        && !request.url().startsWith("data:")) {
                    faults.add(request.url());
                }
            });
            page.navigate(SharedCarillon.ORIGIN + "/openapi");
            assertThat(page.locator(".info .title")).containsText("Carillon");
            shot(page, "openapi");

            authorize(page, key);
            // Of a long list the page has only what is in sight.
            page.locator(".operation-filter-input").fill("Settings");
            page.locator(CALL + ".opblock-summary-control").click();
            page.locator(CALL + "input[placeholder=id]").fill("dora");
            page.locator(CALL + ".execute").click();
            Locator answer = page.locator(CALL + ".live-responses-table");
            assertThat(answer).containsText("\"email\": \"dora@example.org\"");
            answer.scrollIntoViewIfNeeded();
            shot(page, "openapi-tried");
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void scriptsAndStylesAreServedCompressedAndPagesAndDocumentsAreNot() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("/demo.css", "/client/carillon-client.js")) {
                assertThat(encoding(http, path)).as(path).hasValue("gzip");
            }
            for (String path : List.of("/", "/openapi/carillon.json")) {
                assertThat(encoding(http, path)).as(path).isEmpty();
            }
        }
    }

    private static Optional<String> encoding(HttpClient http, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(SharedCarillon.ORIGIN + path))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.headers().firstValue("Content-Encoding");
    }

    private static void authorize(Page page, String key) {
        page.locator("button.authorize").first().click();
        shot(page, "openapi-authorize");
        page.locator("#auth-bearer-value").first().fill(key);
        page.locator(".auth-btn-wrapper .authorize").first().click();
        page.locator(".btn-done").first().click();
    }

    /** To be looked at. */
    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
