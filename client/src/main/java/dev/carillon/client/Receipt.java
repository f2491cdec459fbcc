package dev.carillon.client;

/**
 * An event that Carillon has: its broker has acknowledged it.
 *
 * @param uid of the event in Carillon, derived from the other two
 * @param id of the event at its source
 */
public record Receipt(String uid, String id, String source) {}
