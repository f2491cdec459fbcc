package dev.carillon.platform.personal;

import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.reply.ExportParts;
import java.util.Map;

/** What a service keeps of recipients. */
public interface PersonalData {
    /** Tells all that there is, a table after the other, within a transaction. */
    void export(Command.Export asked, ExportParts into);

    /** Removes it; may be asked again. @return how much there was, by the name of the table */
    Map<String, Long> erase(Command.Erase wanted);
}
