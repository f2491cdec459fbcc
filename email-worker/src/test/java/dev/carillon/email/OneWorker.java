package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.smtp.FakeRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One worker, one relay, many recipients: tests tell theirs apart by name. */
interface OneWorker {

    UnsubscribeSettings LINKS = new UnsubscribeSettings(
            "https://api.carillon.test",
            "a secret of these tests, long enough",
            List.of(),
            Duration.ofDays(180),
            null,
            null);

    FakeRelay relay();

    WorkerUnderTest worker();

    ConfigurableApplicationContext running();

    default Delivery about(String recipient, String event, @Nullable String type, @Nullable String category) {
        Delivery plain = Deliveries.single(
                recipient,
                event,
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello " + recipient, "body", null));
        return Deliveries.labelled(plain, type, category);
    }

    default List<FakeRelay.Received> mailsFor(String recipient) {
        return relay().received().stream()
                .filter(mail -> mail.recipient().equals(recipient + "@example.org"))
                .toList();
    }

    default ChannelOutcome end(Delivery delivery, OutcomeState state) {
        return worker().outcomes(delivery, all -> all.stream().anyMatch(outcome -> outcome.state() == state)).stream()
                .filter(outcome -> outcome.state() == state)
                .findFirst()
                .orElseThrow();
    }

    /** What the router hears, so that a fallback can take over: the last of what it is told. */
    default Activity.Ended ended(String recipient, int told) {
        return (Activity.Ended) worker().activity(recipient, told).getLast();
    }

    default HttpResponse<String> call(String method, String path, String type, @Nullable String token, String body) {
        String port = running().getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    default HttpResponse<String> oneClick(String link) {
        return call("POST", link, "application/x-www-form-urlencoded", null, "List-Unsubscribe=One-Click");
    }

    default HttpResponse<String> operator(String method, String path, String type, String body) {
        return call(method, "/api/v1/email/" + path, type, WorkerUnderTest.OPERATOR, body);
    }

    /** Path and query of the link in a mail. */
    default String unsubscribeLink(Delivery delivery) {
        end(delivery, OutcomeState.SENT);
        FakeRelay.Received mail = mailsFor(delivery.recipient().value()).getLast();
        assertThat(header(mail, "List-Unsubscribe-Post"))
                .isEqualTo("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        String header = header(mail, "List-Unsubscribe");
        assertThat(header).matches("List-Unsubscribe: <https://api\\.carillon\\.test/\\S+>");
        return header.substring(header.indexOf("/api/"), header.length() - 1);
    }

    default String header(FakeRelay.Received mail, String name) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElse("(no " + name + ")");
    }

    default String path(@Nullable String link) {
        String text = String.valueOf(link);
        return text.substring(text.indexOf("/api/"));
    }

    default int rows(String recipient) {
        return running()
                .getBean(JdbcTemplate.class)
                .queryForList("select 1 from email.unsubscription where recipient = ?", recipient)
                .size();
    }
}
