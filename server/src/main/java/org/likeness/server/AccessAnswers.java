package org.likeness.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.AccessDesk;
import org.likeness.library.AccessBundle;
import org.likeness.library.Likeness;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Hands people what is held on them (GDPR Art. 15). Thread-safe.
@Component
final class AccessAnswers {
    static final String ZIP = "application/zip";

    private final JsonMapper json;

    AccessAnswers(JsonMapper json) {
        this.json = json;
    }

    /// Records the demand, and answers it in the response.
    void send(Likeness likeness, PersonId person, HttpServletResponse response) throws IOException {
        AccessDesk.Given given = likeness.access().give(person);
        response.setContentType(ZIP);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("access-" + given.demand().id() + ".zip")
                        .build()
                        .toString());
        new AccessBundle(likeness, given, json.writerWithDefaultPrettyPrinter()::writeValueAsString)
                .writeZip(response.getOutputStream());
    }
}
