package dev.carillon.ingest.type;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where notification types come from besides REST.
 *
 * @param files patterns of YAML files, as {@code file:/etc/carillon/types/*.yaml} or {@code classpath*:types/*.yaml};
 *     their types are read-only over REST
 */
@Validated
@ConfigurationProperties("carillon.ingest.type")
public record TypeProperties(@DefaultValue List<String> files) {}
