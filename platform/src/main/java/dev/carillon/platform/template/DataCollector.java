package dev.carillon.platform.template;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads maps and lists for a template, and counts how often: nested loops over large lists must end. */
final class DataCollector extends BasicCollector {
    private static final int MOST_READS = 20_000;
    private static final ThreadLocal<int[]> READS = ThreadLocal.withInitial(() -> new int[1]);

    static void begin() {
        READS.get()[0] = 0;
    }

    static void end() {
        READS.remove();
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
        if (context instanceof Map || context instanceof Iterable) {
            Mustache.VariableFetcher fetcher = super.createFetcher(context, name);
            return fetcher == null
                    ? null
                    : (from, variable) -> {
                        count();
                        return fetcher.get(from, variable);
                    };
        }
        return null;
    }

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
        Iterator<?> iterator = super.toIterator(value);
        return iterator == null ? null : new Counted(iterator);
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }

    private static void count() {
        if (++READS.get()[0] > MOST_READS) {
            throw new RenderLimitException(MOST_READS);
        }
    }

    private record Counted(Iterator<?> rest) implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public Object next() {
            count();
            return rest.next();
        }
    }
}
