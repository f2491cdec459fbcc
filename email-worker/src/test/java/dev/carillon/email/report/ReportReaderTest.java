package dev.carillon.email.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.email.report.Feedback.Kind;
import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {
    private static final String HEAD = """
        From: MAILER-DAEMON@mx.example.org
        To: bounces@carillon.test
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=TYPE;
         boundary="b1"

        Some words before the parts.
        --b1
        Content-Type: text/plain

        A person may read this: Status: 5.1.1
        Final-Recipient: rfc822; nobody@example.org
        """;
    private static final String ENCLOSED = """
        --b1
        Content-Type: message/rfc822

        From: no-reply@carillon.test
        To: "Ada, Countess" <ada@example.org>
        Subject: Invoice paid

        Action: failed
        --b1--
        """;

    private static List<Feedback> read(String type, String part) {
        return ReportReader.read((HEAD.replace("TYPE", type) + part + ENCLOSED)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String group(String action, String status) {
        return """

            Original-Recipient: rfc822;Ada@example.org
            Final-Recipient: rfc822; ada@mx7.example.org
            Action: %s
            Status: %s
            Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>:
             no such user
            """.formatted(action, status);
    }

    private static List<Feedback> status(String groups) {
        return read(
                "delivery-status",
                "--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n" + groups);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, HARD_BOUNCE",
        "Failed, 5.1.10 (null MX), HARD_BOUNCE",
        "failed, 5.2.1, HARD_BOUNCE",
        "failed, 5.2.2, SOFT_BOUNCE",
        "failed, 4.4.7, SOFT_BOUNCE",
        "failed, 5.7.1, NOTHING",
        "failed, nonsense, NOTHING",
        "delayed, 4.2.2, NOTHING",
        "delivered, 2.0.0, NOTHING"
    })
    void saysWhatAStatusMeans(String action, String status, Kind kind) {
        assertThat(status(group(action, status))).singleElement().satisfies(feedback -> {
            assertThat(feedback.address()).hasToString("Ada@example.org");
            assertThat(feedback.kind()).isEqualTo(kind);
            assertThat(feedback.detail()).isEqualTo("smtp; 550 5.1.1 <ada@example.org>: no such user");
        });
    }

    @Test
    void readsEveryRecipientAndNoMoreThanItMust() {
        String second = group("failed", "5.2.2").replace("Ada@example.org", "bob@example.org");
        assertThat(status(group("failed", "5.1.1") + second))
                .extracting(feedback -> feedback.address() + " " + feedback.kind())
                .containsExactly("Ada@example.org HARD_BOUNCE", "bob@example.org SOFT_BOUNCE");
        assertThat(status(group("failed", "5.1.1").repeat(500))).hasSize(100);
    }

    @Test
    void aComplaintIsAboutWhomTheReportOrElseTheMailNames() {
        String fields = "--b1\nContent-Type: message/feedback-report\n\nFeedback-Type: %s\nVersion: 1\n%s";
        assertThat(read("feedback-report", fields.formatted("abuse", "Original-Rcpt-To: <bob@example.org>\n")))
                .singleElement()
                .satisfies(feedback -> assertThat(feedback.address()).hasToString("bob@example.org"))
                .satisfies(feedback -> assertThat(feedback.kind()).isEqualTo(Kind.COMPLAINT));
        assertThat(read("feedback-report", fields.formatted("abuse", "")))
                .singleElement()
                .satisfies(feedback -> assertThat(feedback.address()).hasToString("ada@example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "abuse, COMPLAINT",
        "Fraud, COMPLAINT",
        "virus, NOTHING",
        "auth-failure, NOTHING",
        "not-spam, NOTHING",
        "other, NOTHING",
        "opt-out, NOTHING",
        "opt-out-list, NOTHING",
        "made-up, NOTHING"
    })
    void onlyWhatAReaderComplainsOfIsAComplaint(String type, Kind kind) {
        String fields = "--b1\nContent-Type: message/feedback-report\n\nFeedback-Type: " + type + "\nVersion: 1\n";
        assertThat(read("feedback-report", fields)).singleElement().satisfies(feedback -> {
            assertThat(feedback.kind()).isEqualTo(kind);
            assertThat(feedback.detail()).isEqualToIgnoringCase("feedback: " + type);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no mail at all",
                "Content-Type: text/plain\r\n\r\nStatus: 5.1.1",
                "Content-Type: multipart/report\r\n\r\nno boundary",
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--",
                "Content-Type: ;;;\r\n\r\n"
            })
    void whatIsNoReportIsRefused(String message) {
        assertThatThrownBy(() -> ReportReader.read(message.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("no_report"));
    }
}
