package dev.carillon.push.webpush;

/** What encrypts push messages; all answer the same bytes, the difference is speed (docs/adr/004). */
public enum EncryptionChoice {
    /** The fastest that loads here and passes its self-test: {@link #CORRETTO}, {@link #BOUNCYCASTLE}, {@link #JDK}. */
    AUTO,
    /** Amazon Corretto Crypto Provider: Linux on x86-64 and ARM. */
    CORRETTO,
    /** Conscrypt, where its jar is put on the class path. */
    CONSCRYPT,
    /** Bouncy Castle: pure Java, everywhere. */
    BOUNCYCASTLE,
    /** The providers of the Java runtime alone. */
    JDK,
    /** The library webpush-java as it is. */
    WEBPUSH_JAVA
}
