package dev.carillon.guarantees.promise;

import java.util.ArrayList;
import java.util.List;

/** An erasure gets done, whatever fails meanwhile; from then on nothing arrives for whom it was about. */
public final class NothingAfterErasure implements Guarantee {

    private final List<Erased> all = new ArrayList<>();

    @Override
    public void erased(Erased erased) {
        all.add(erased);
    }

    @Override
    public List<String> broken() {
        return all.stream()
                .filter(one -> !one.done() || one.rows() + one.mailsSince() + one.pushesSince() > 0)
                .map(NothingAfterErasure::sentence)
                .toList();
    }

    private static String sentence(Erased one) {
        return one.done()
                ? "%s is erased and has %d rows, and got %d mails and %d pushes since"
                        .formatted(one.recipient(), one.rows(), one.mailsSince(), one.pushesSince())
                : one.recipient() + " is not erased yet";
    }
}
