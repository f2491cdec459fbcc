package dev.carillon.push.webpush;

/** A key that cannot be used; names the field and the rule, never the value. */
public final class InvalidKeyMaterial extends IllegalArgumentException {
    private final String field;
    private final String rule;

    InvalidKeyMaterial(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }
}
