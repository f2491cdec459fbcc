package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadShareTest {
    private static final long LEAST = 10;
    private static final long MOST = 50;

    private final ThreadShare share = new ThreadShare();
    private final Object one = new Object();
    private final Object other = new Object();

    @Test
    void whereNoRecordsComeAPartitionMayAlwaysTakeAll() {
        assertThat(claim(one)).isEqualTo(MOST);
        assertThat(claim(one)).isEqualTo(MOST);
        assertThat(claim(other)).isEqualTo(MOST);
    }

    @Test
    void whileRecordsComeAPartitionTakesAsMuchAsTheyDid() {
        claim(one);
        share.records(9);
        assertThat(claim(one)).as("not worth a turn").isZero();
        share.records(9);
        assertThat(claim(one)).isEqualTo(18);
        share.records(1_000);
        assertThat(claim(one)).isEqualTo(MOST);
    }

    @Test
    void whatFewRecordsLeftIsNotWaitedForOnceNoMoreCome() {
        claim(one);
        share.records(1);
        assertThat(claim(one)).isZero();
        assertThat(claim(one)).isEqualTo(MOST);
    }

    @Test
    void partitionsThatWaitShareTheHalfThatIsNotTheRecords() {
        claim(one);
        claim(other);
        share.records(30);
        assertThat(claim(one)).isEqualTo(15);
        assertThat(claim(other)).isEqualTo(15);
        share.records(18);
        assertThat(claim(one)).isZero();
        share.leave(other);
        share.records(1);
        assertThat(claim(one)).isEqualTo(19);
    }

    @Test
    void whatBecomesDueAnewHasItsTurnAtOnce() {
        claim(one);
        share.leave(one);
        share.records(1);
        assertThat(claim(one)).isEqualTo(MOST);
    }

    @Test
    void isBehindUntilNoPartitionHasAnythingDue() {
        assertThat(share.isBehind()).isFalse();
        claim(one);
        claim(other);
        share.leave(one);
        assertThat(share.isBehind()).isTrue();
        share.leave(other);
        assertThat(share.isBehind()).isFalse();
    }

    private long claim(Object partition) {
        return share.claim(partition, LEAST, MOST);
    }
}
