package dev.carillon.embedded;

import com.sun.security.auth.module.UnixSystem;
import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/**
 * How PostgreSQL, which refuses to run as root, is run by root nevertheless.
 *
 * <p>A user namespace is best, because files keep their owner. Where the system forbids one, as many containers do, the
 * programs run as user {@value #NOBODY} and the data directory is given to that user; the one capability kept lets it through
 * the closed directories above its data and its programs, and access(2), which initdb asks about them, heeds a
 * capability only where the fix-up of set-uid programs is off (capabilities(7)).
 */
enum PostgresUser {
    /** Whoever runs this JVM. */
    SAME(""),
    NAMESPACE("unshare -U"),
    NOBODY_ELSE("setpriv --reuid=65534 --regid=65534 --clear-groups"
            + " --inh-caps=+dac_override --ambient-caps=+dac_override --securebits=+no_setuid_fixup");

    private static final String NOBODY = "65534";

    private final String prefix;

    PostgresUser(String prefix) {
        this.prefix = prefix;
    }

    static PostgresUser detect() {
        if (!isRoot()) {
            return SAME;
        }
        return Stream.of(NAMESPACE, NOBODY_ELSE)
                .filter(PostgresUser::works)
                .findFirst()
                .orElseThrow(
                        () -> new StartRefusedException(
                                Reason.UNSUPPORTED_PLATFORM,
                                "PostgreSQL does not run as root, and neither \"unshare -U\" nor \"setpriv\" works here; start Carillon as another user."));
    }

    List<String> prefix() {
        return prefix.isEmpty() ? List.of() : List.of(prefix.split(" "));
    }

    /** Gives the tree to the user that the programs run as; cheap where it already belongs to it. */
    void own(Path directory) throws IOException {
        if (this == SAME) {
            return;
        }
        UserPrincipal owner = directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(this == NOBODY_ELSE ? NOBODY : "0");
        if (Files.getOwner(directory).equals(owner)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.setOwner(path, owner);
            }
        }
    }

    private boolean works() {
        try {
            ProcessCommand.Result id = ProcessCommand.run(
                    Stream.concat(prefix().stream(), Stream.of("id", "-u")).toList());
            return id.exitCode() == 0 && !id.output().strip().equals("0");
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static boolean isRoot() {
        return !System.getProperty("os.name").startsWith("Windows") && new UnixSystem().getUid() == 0;
    }
}
