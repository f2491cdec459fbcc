package dev.carillon.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CarillonServiceTest {
    @Test
    void everyPoolsConnectionsNoticeADatabaseThatIsSilent() {
        var defaults = new MapConfigurationPropertySource(CarillonService.defaults(0));
        HikariConfig pool = new Binder(defaults)
                .bind("spring.datasource.hikari", HikariConfig.class)
                .get();

        assertThat(pool.getDataSourceProperties())
                .containsEntry("socketTimeout", "60")
                .containsEntry("tcpKeepAlive", "true");
    }

    @Test
    void noPoolsDriverTellsTheValuesOfARowThatIsRefused() {
        assertThat(CarillonService.defaults(0))
                .containsEntry("spring.datasource.hikari.data-source-properties.logServerErrorDetail", "false");
    }
}
