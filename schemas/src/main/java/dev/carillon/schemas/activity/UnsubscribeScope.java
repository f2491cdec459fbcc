package dev.carillon.schemas.activity;

/** How much of a channel a recipient does not want any more. */
public enum UnsubscribeScope {
    /** One notification type. */
    TYPE,
    /** All types of one category. */
    CATEGORY,
    /** The whole channel. */
    ALL
}
