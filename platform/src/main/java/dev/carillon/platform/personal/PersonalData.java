package dev.carillon.platform.personal;

import dev.carillon.schemas.command.Command;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a service keeps of recipients. */
public interface PersonalData {
    /** All that there is, by the name of the table. */
    Map<String, List<JsonNode>> export(Command.Export asked);

    /** Removes it; may be asked again. @return how much there was, by the name of the table */
    Map<String, Long> erase(Command.Erase wanted);
}
