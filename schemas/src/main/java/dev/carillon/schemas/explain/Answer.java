package dev.carillon.schemas.explain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one partition answers to a question of {@code intake}; keyed by the request. One without a kind is to a dry run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Explained.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Explained.class, name = "explained"),
    @JsonSubTypes.Type(value = HoldsListed.class, name = "holds"),
    @JsonSubTypes.Type(value = HoldChanged.class, name = "hold_changed"),
})
public sealed interface Answer permits Explained, HoldsListed, HoldChanged {
    /** Of the question. */
    String request();

    int partition();

    /** As much of it as fits into a record where all does not. */
    Answer shortened(String why);
}
