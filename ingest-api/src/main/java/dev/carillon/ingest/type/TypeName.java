package dev.carillon.ingest.type;

import java.util.regex.Pattern;

/** The name of a type in the catalogue: it stands in paths, keys and logs without being escaped. */
public final class TypeName {
    public static final String RULE = "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ : @ + -";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._~:@+-]{1,128}");

    private TypeName() {}

    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }
}
