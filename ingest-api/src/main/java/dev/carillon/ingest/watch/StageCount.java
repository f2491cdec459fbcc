package dev.carillon.ingest.watch;

import dev.carillon.schemas.Topics;

/**
 * Offsets of a stage at one moment.
 *
 * @param retrying records in its retry topics
 * @param failed records that were ever written to them: attempts that failed, or were put off
 */
record StageCount(Stage stage, Read read, long retrying, long failed) {

    /**
     * How far a topic goes and how far it is read, added up over its partitions.
     *
     * @param end of what was ever written
     * @param next the first that is not done
     * @param waiting written and not done
     * @param known whether its reader has ever committed anything
     */
    record Read(long end, long next, long waiting, boolean known) {
        static final Read NOTHING = new Read(0, 0, 0, false);

        Read plus(Read other) {
            return new Read(end + other.end, next + other.next, waiting + other.waiting, known || other.known);
        }
    }

    static StageCount of(Stage stage, Topics topics, Offsets offsets) {
        Read retries = stage.retries().stream()
                .map(topic -> offsets.read(topics, stage.reader(), topic, false))
                .reduce(Read.NOTHING, Read::plus);
        return new StageCount(
                stage,
                offsets.read(topics, stage.reader(), stage.topic(), stage.transactional()),
                retries.waiting(),
                retries.end());
    }
}
