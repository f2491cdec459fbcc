package dev.carillon.standalone.inbox;

import dev.carillon.platform.clock.PipelineClock;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The development inbox; its port is chosen before the context starts, because the e-mail worker must know it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(InboxConfiguration.PORT)
public class InboxConfiguration {

    /** Where the inbox listens; without it there is none. */
    public static final String PORT = "carillon.standalone.inbox-port";

    /** The directory that keeps the mails; without it they go with the process. */
    public static final String DIRECTORY = "carillon.standalone.inbox-dir";

    @Bean
    CaughtMails standaloneCaughtMails(@Value("${" + DIRECTORY + ":}") String directory) {
        return new CaughtMails(directory.isEmpty() ? null : new MailFiles(Path.of(directory)));
    }

    @Bean
    DevelopmentInbox standaloneInbox(@Value("${" + PORT + "}") int port, CaughtMails mails, PipelineClock clock) {
        return new DevelopmentInbox(port, mails, clock);
    }

    @Bean
    @ConditionalOnProperty("carillon.standalone.demo")
    InboxController standaloneInboxController(CaughtMails mails) {
        return new InboxController(mails);
    }
}
