package dev.carillon.guarantees.fault;

import dev.carillon.guarantees.world.World;
import java.time.Duration;

/** Something that goes wrong for a while. */
interface Fault {

    /** What goes wrong where. */
    String what();

    /** How long; zero for what is over at once. */
    Duration lasts();

    void begin(World world);

    /** Sets right what can be set right; what was killed is started again. */
    void end(World world);

    /** What it can have doubled. */
    InFlight inFlight();
}
