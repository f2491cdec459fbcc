package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** What screens are told when an item's state changes. */
record StateOf(UUID id, @JsonUnwrapped ReaderState state) {}
