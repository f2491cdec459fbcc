package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Another replica writes between two statements of ours. */
@ExtendWith(InfrastructureExtension.class)
class ChangeTypesTest {
    private static final Precondition ANY = new Precondition(null);

    private final KnownTypes known = new KnownTypes(new StoredTypes(name -> Optional.empty()));
    private Interrupted database;
    private TypeTable other;
    private ChangeTypes change;

    @BeforeEach
    void start(TestDatabase fresh) {
        var source = new DriverManagerDataSource(fresh.jdbcUrl(), fresh.username(), fresh.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        other = new TypeTable(JdbcClient.create(source));
        database = new Interrupted(source);
        JdbcClient jdbc = JdbcClient.create(database);
        Topics topics = new Topics(TopicSettings.defaults());
        change = new ChangeTypes(
                new TypeTable(jdbc),
                new TypePublication(jdbc, topics),
                new PublishSettings(new JdbcTransactionManager(database), records -> {}),
                known,
                Clock.systemUTC());
    }

    @Test
    void aWriteThatCameTooLateIsToldSo() {
        long first = change.put(type("a", "mine"), ANY).type().version();
        database.beforeStatement(2, () -> other.put(type("a", "theirs"), TypeRow.Origin.REST, ANY));

        assertThatThrownBy(() -> change.put(type("a", "changed"), new Precondition(first)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another version");
        assertThat(other.find("a").orElseThrow().type().label()).isEqualTo("theirs");
    }

    @Test
    void aWriteWithoutAConditionIsAnsweredWithWhatItWrote() {
        change.put(type("b", "mine"), ANY);
        database.beforeStatement(3, () -> other.put(type("b", "theirs"), TypeRow.Origin.REST, ANY));

        assertThat(change.put(type("b", "changed"), ANY).type().label()).isEqualTo("changed");
    }

    @Test
    void aDeletionThatCameTooLateIsToldSo() {
        long first = change.put(type("c", "mine"), ANY).type().version();
        database.beforeStatement(2, () -> other.put(type("c", "theirs"), TypeRow.Origin.REST, ANY));

        assertThatThrownBy(() -> change.delete("c", new Precondition(first)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another version");
        assertThat(other.find("c")).isPresent();
    }

    @Test
    void whatExistsAndIsAlreadySoIsNoConflict() {
        TypeRow first = change.put(type("d", "mine"), ANY);
        Precondition some = new Precondition(-1L);

        assertThat(change.put(type("d", "mine"), some)).isEqualTo(first);
        assertThat(change.put(type("d", "mine"), new Precondition(first.type().version())))
                .isEqualTo(first);
        assertThatThrownBy(() -> change.put(type("d", "mine"), new Precondition(0L)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> change.put(type("nobody's", "mine"), some)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aDeletedTypeIsForgottenHereAtOnce() {
        change.put(type("e", "mine"), ANY);
        assertThat(known.find("e")).isNotNull();

        change.delete("e", ANY);
        assertThat(known.find("e")).isNull();
    }

    private static NotificationType type(String name, String label) {
        return new NotificationType(name, 0, label, null, null, Set.of(), null, null, false, false, List.of());
    }

    /** Runs something once, right before a statement outside of a transaction (each takes a connection). */
    private static final class Interrupted extends DelegatingDataSource {
        private int left;
        private Runnable interruption = () -> {};

        Interrupted(DriverManagerDataSource source) {
            super(source);
        }

        void beforeStatement(int number, Runnable what) {
            left = number;
            interruption = what;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (--left == 0) {
                interruption.run();
            }
            return super.getConnection();
        }
    }
}
