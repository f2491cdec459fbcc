package dev.carillon.router.runtime;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.Cap.Period;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A cap as settings write it: {@code email 20/hour}, {@code push social 5/day}, {@code interrupting 30/day}. */
final class CapText {
    private static final Pattern CAP =
            Pattern.compile("(inapp|email|push|interrupting) (?:(\\S.{0,127}) )?(\\d{1,6})/(hour|day|week)");

    private CapText() {}

    /** @throws IllegalArgumentException with the rule where {@code text} is no cap */
    static Cap read(String text) {
        Matcher cap = CAP.matcher(text.strip());
        if (!cap.matches()) {
            throw new IllegalArgumentException("carillon.router.decision.caps must be like \"email 20/hour\" or"
                    + " \"push social 5/day\", with one of inapp, email, push, interrupting; not \"" + text + '"');
        }
        int most = Integer.parseInt(cap.group(3));
        if (most < 1 || most > Cap.MOST) {
            throw new IllegalArgumentException(
                    "carillon.router.decision.caps must allow 1 to " + Cap.MOST + ": \"" + text + '"');
        }
        Period per = Period.valueOf(cap.group(4).toUpperCase(Locale.ROOT));
        return new Cap(channel(cap.group(1)), cap.group(2), most, per);
    }

    private static @Nullable Channel channel(String name) {
        for (Channel channel : Channel.values()) {
            if (channel.code().equals(name)) {
                return channel;
            }
        }
        return null;
    }
}
