package dev.carillon.ingest.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.audience.AudienceGraph.Edge;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.recipient.AudienceId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AudienceGraphTest {
    @Test
    void resolvesToEverythingBelowEachOnce() {
        AudienceGraph graph = graph("company>sales", "company>tech", "sales>emea", "tech>emea", "tech>platform");

        assertThat(graph.resolve(List.of(id("company"), id("emea"), id("alone"))))
                .containsExactlyInAnyOrderElementsOf(ids("company", "emea", "alone", "sales", "tech", "platform"));
        assertThat(graph.resolve(List.of(id("platform")))).containsExactly(id("platform"));
    }

    @Test
    void saysHowWhatIsNotNamedIsNested() {
        AudienceGraph graph = graph("company>sales", "company>tech", "sales>emea", "tech>emea");

        assertThat(graph.nesting(ids("company")))
                .containsExactly(
                        new Nesting(id("emea"), ids("sales", "tech")),
                        new Nesting(id("sales"), ids("company")),
                        new Nesting(id("tech"), ids("company")));
        assertThat(graph.nesting(ids("sales", "emea"))).isEmpty();
    }

    @Test
    void showsTheWayBackToItself() {
        AudienceGraph graph = graph("a>b", "b>c", "c>d");

        assertThat(graph.cycle(id("a"))).isNull();
        assertThat(graph.with(id("d"), Set.of(id("a"))).cycle(id("d"))).isEqualTo(ids("d", "a", "b", "c", "d"));
        assertThat(graph.with(id("a"), Set.of(id("a"))).cycle(id("a"))).isEqualTo(ids("a", "a"));
    }

    @Test
    void measuresTheLongestWayThroughAnAudience() {
        AudienceGraph chain = AudienceGraph.of(IntStream.range(0, 10)
                .mapToObj(i -> new Edge(id("level" + i), id("level" + (i + 1))))
                .toList());

        assertThat(chain.depthThrough(id("level4"))).isEqualTo(10);
        assertThat(chain.with(id("top"), Set.of(id("level0"))).depthThrough(id("top")))
                .isEqualTo(11);
        assertThat(chain.with(id("beside"), Set.of(id("level9"))).depthThrough(id("beside")))
                .isEqualTo(2);
    }

    private static AudienceGraph graph(String... edges) {
        return AudienceGraph.of(Stream.of(edges)
                .map(edge -> edge.split(">"))
                .map(ends -> new Edge(id(ends[0]), id(ends[1])))
                .toList());
    }

    private static AudienceId id(String text) {
        return new AudienceId(text);
    }

    private static List<AudienceId> ids(String... texts) {
        return Stream.of(texts).map(AudienceId::new).toList();
    }
}
