package dev.carillon.email.attachment;

import dev.carillon.platform.outbound.EndpointPolicy;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How files that go with mails are fetched.
 *
 * @param maxSize of all files of one mail together, before they are encoded; many mailboxes take 10 MB to 25 MB
 * @param memory for files, everything together: those of mails that are being made, of which there are 4 copies, and 24
 *     where mails are signed; those that are being fetched; and those that were fetched lately, as far as the others leave
 *     room. At least so many times {@code max-size}; mails that find no room wait on a retry tier, no attempt counted. Where
 *     there are several relays, those of one have at most half of it, or as much as the largest mail takes
 * @param timeout longest wait for a file, everything included
 * @param patience how long an attempt waits for its files; the fetch goes on, and the next attempt finds them. Below the
 *     10 s of an attempt
 * @param hosts that files are fetched from: exact names, {@code *.name} for names below it, or {@code *} for every public
 *     host
 * @param allowInsecure for tests only: plain http, every port and host, and addresses that are not public
 */
@Validated
@ConfigurationProperties("carillon.email.attachments")
public record AttachmentSettings(
        @DefaultValue("10MB") DataSize maxSize,
        @DefaultValue("256MB") DataSize memory,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("*") List<String> hosts,
        @DefaultValue("false") boolean allowInsecure) {
    private static final String PREFIX = "carillon.email.attachments.";
    /** The content, its encoded form in the message, and the message as it is written. */
    private static final int COPIES = 4;
    /**
     * The library that signs parses the message into texts and joins them: 22 times the content, measured as the heap that
     * signing a file of 4 MB needs, beside the content itself.
     */
    private static final int COPIES_SIGNED = 24;

    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(6);

    public AttachmentSettings {
        if (maxSize.toBytes() < 1 || maxSize.toBytes() * COPIES > memory.toBytes()) {
            throw new IllegalArgumentException(
                    PREFIX + "max-size must be at least 1 B and at most a quarter of " + PREFIX + "memory");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(PREFIX + "timeout must be positive, is " + timeout);
        }
        if (!patience.isPositive() || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException(PREFIX + "patience must be positive and at most 6 s, is " + patience);
        }
    }

    /**
     * How much memory a mail takes, in sizes of its files.
     *
     * @throws IllegalArgumentException where there is not so much for the largest
     */
    int copies(boolean signed) {
        if (signed && maxSize.toBytes() * COPIES_SIGNED > memory.toBytes()) {
            throw new IllegalArgumentException(PREFIX + "memory must be at least " + COPIES_SIGNED + " times " + PREFIX
                    + "max-size where mails are signed (carillon.email.dkim), is " + memory);
        }
        return signed ? COPIES_SIGNED : COPIES;
    }

    /** How much the mails of one relay may have together: a largest one goes in any case. */
    long roomOfRelay(boolean signed, boolean several) {
        return several ? Math.max(memory.toBytes() / 2, maxSize.toBytes() * copies(signed)) : memory.toBytes();
    }

    EndpointPolicy policy() {
        return new EndpointPolicy(hosts, allowInsecure, PREFIX + "hosts");
    }
}
