package dev.carillon.ingest;

import dev.carillon.ingest.publication.SettingLog;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets publication fail where a crash would end it: before the records are sent, or before the mark is set. */
final class FlakyLog implements SettingLog {
    private final SettingLog log;
    private final AtomicReference<Failure> failure;

    private FlakyLog(SettingLog log, AtomicReference<Failure> failure) {
        this.log = log;
        this.failure = failure;
    }

    enum Failure {
        NONE,
        BEFORE_SENDING,
        AFTER_SENDING
    }

    @Override
    public void append(List<OutgoingRecord> records) {
        Failure now = failure.get();
        if (now == Failure.BEFORE_SENDING) {
            throw new BrokerUnavailableException("test", new IllegalStateException("crashed"));
        }
        log.append(records);
        if (now == Failure.AFTER_SENDING) {
            throw new BrokerUnavailableException("test", new IllegalStateException("crashed"));
        }
    }

    /** The switch, and the wrapping of the real log. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {
        static final AtomicReference<Failure> FAILURE = new AtomicReference<>(Failure.NONE);

        @Bean
        static BeanPostProcessor testFlakyLog() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof SettingLog log ? new FlakyLog(log, FAILURE) : bean;
                }
            };
        }
    }
}
