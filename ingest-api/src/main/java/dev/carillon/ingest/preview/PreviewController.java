package dev.carillon.ingest.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.ingest.type.TypeName;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.type.NotificationType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The texts of a type, stored or drafted, filled with sample values. Stores and sends nothing. */
@RestController
final class PreviewController {
    private static final int MAX_BYTES = 512 * 1024;

    private final TypeCatalogue catalogue;
    private final RenderPreviews render;

    PreviewController(TypeCatalogue catalogue, RenderPreviews render) {
        this.catalogue = catalogue;
        this.render = render;
    }

    @PostMapping(path = "/api/v1/types/{name}/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> preview(@PathVariable String name, HttpServletRequest request) throws IOException {
        if (!TypeName.isValid(name)) {
            throw ProblemException.invalid("type", "format", TypeName.RULE);
        }
        PreviewRequest wanted = PreviewReader.read(name, BodyBytes.read(request, MAX_BYTES));
        NotificationType draft = wanted.draft();
        NotificationType type = draft == null ? stored(name) : draft;
        return JsonAnswer.ok(new Previews(
                name,
                draft == null ? type.version() : null,
                render.render(type, wanted),
                render.renderMerged(type, wanted)));
    }

    private NotificationType stored(String name) {
        NotificationType type = catalogue.findStored(name);
        if (type == null) {
            throw ProblemException.of(
                    HttpStatus.NOT_FOUND, "the catalogue has no type " + name + ": send a draft of it as type");
        }
        return type;
    }

    /**
     * @param version of the stored type; null for a draft
     * @param merged the items told together, where there are any
     */
    private record Previews(
            String name,
            @Nullable Long version,
            List<Preview> previews,
            @JsonInclude(Include.NON_EMPTY) List<Preview> merged) {}
}
