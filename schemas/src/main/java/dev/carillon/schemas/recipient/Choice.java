package dev.carillon.schemas.recipient;

/** A recipient's word on one channel. */
public enum Choice {
    ON,
    OFF
}
