package org.likeness.server;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the API is.
@RestController
class DescriptionApi {
    private static final String DOCUMENT = "openapi.json";

    /// Describes the API: this document, OpenAPI 3.1.
    @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @Open(because = "describes the program, which is public, and nothing that it holds")
    byte[] description() throws IOException {
        try (InputStream in = DescriptionApi.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException(DOCUMENT + " is not in the jar\nBuild with docs/reference beside it.");
            }
            return in.readAllBytes();
        }
    }
}
