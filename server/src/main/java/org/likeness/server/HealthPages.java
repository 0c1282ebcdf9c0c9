package org.likeness.server;

import org.likeness.core.LikenessException;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether the server can be used: for whatever watches it.
@RestController
class HealthPages {
    private final Likeness likeness;

    HealthPages(Likeness likeness) {
        this.likeness = likeness;
    }

    @GetMapping(path = "/health/live", produces = MediaType.TEXT_PLAIN_VALUE)
    @Open(because = "says only that the process answers")
    String live() {
        return "up\n";
    }

    @GetMapping(path = "/health/ready", produces = MediaType.TEXT_PLAIN_VALUE)
    @Open(because = "says only whether the records can be read")
    ResponseEntity<String> ready() {
        try {
            likeness.auditSize();
            return ResponseEntity.ok("up\n");
        } catch (LikenessException e) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("down\n");
        }
    }
}
