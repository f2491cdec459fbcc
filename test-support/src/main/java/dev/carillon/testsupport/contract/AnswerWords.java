package dev.carillon.testsupport.contract;

/** What the document says about a status. */
final class AnswerWords {
    private AnswerWords() {}

    static String of(String status) {
        return switch (status) {
            case "101" -> "The connection is a WebSocket from here on.";
            case "201" -> "Made.";
            case "202" -> "Accepted, and done within a moment.";
            case "204" -> "Done.";
            case "207" -> "A result for each.";
            case "302" -> "Leads on.";
            case "400" -> "No valid link.";
            case "403" -> "Refused.";
            case "410" -> "Too old.";
            case "502" -> "Another server's answer cannot be trusted.";
            case "503" -> "Not now; send it again.";
            default -> "Done, or found.";
        };
    }

    /** The shared answer that this status has. */
    static String problem(String status) {
        return switch (status) {
            case "401" -> "Unauthorized";
            case "403" -> "Forbidden";
            case "404" -> "NotFound";
            case "409" -> "Conflict";
            case "412" -> "VersionConflict";
            case "429" -> "RateLimited";
            default -> "Refused";
        };
    }
}
