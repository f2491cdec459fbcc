package dev.carillon.router.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class StagedStoreTest {
    private final KeyValueStore<Bytes, byte[]> written =
            Stores.inMemoryKeyValueStore("test").get();
    private final StagedStore store = new StagedStore(written);

    @Test
    void whatIsDiscardedWasNeverWritten() {
        store.put(key("a"), key("1"));
        store.discard();
        store.apply();

        assertThat(store.get(key("a"))).isNull();
        assertThat(written.get(Bytes.wrap(key("a")))).isNull();
    }

    @Test
    void aScanStaysWithinItsPrefixAlsoAtTheLastByte() {
        byte[] last = {(byte) 0xff, (byte) 0xff};
        store.put(last, key("1"));
        store.put(new byte[] {(byte) 0xfe}, key("2"));
        store.apply();
        store.put(new byte[] {(byte) 0xff, (byte) 0xff, 1}, key("3"));

        assertThat(values(store.scan(new byte[] {(byte) 0xff}))).containsExactly("1", "3");
    }

    @Test
    void readsAndScansSeeWhatIsStagedOverWhatIsWritten() {
        RandomGenerator random = RandomSeed.of("staged store").generator();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            String key = "k" + (char) ('a' + random.nextInt(3)) + random.nextInt(20);
            switch (random.nextInt(6)) {
                case 0 -> store.apply();
                case 1 -> {
                    store.delete(key(key));
                    expected.remove(key);
                }
                default -> {
                    store.put(key(key), key("v" + i));
                    expected.put(key, "v" + i);
                }
            }
            String prefix = "k" + (char) ('a' + random.nextInt(3));
            List<String> found = values(store.scan(key(prefix)));
            List<String> right = new ArrayList<>();
            expected.forEach((k, v) -> {
                if (k.startsWith(prefix)) {
                    right.add(v);
                }
            });
            assertThat(found).isEqualTo(right);
        }
    }

    private static List<String> values(Scan scan) {
        List<String> values = new ArrayList<>();
        try (scan) {
            scan.forEachRemaining(entry -> values.add(new String(entry.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
