package org.likeness.server;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.likeness.core.LikenessException;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Models, storage and health of the installation, for programs and for its page.
@RestController
@RequestMapping("/api/v1/installation")
class InstallationApi {
    private final Likeness likeness;
    private final ImportQueue imports;

    InstallationApi(Likeness likeness, ImportQueue imports) {
        this.likeness = likeness;
        this.imports = imports;
    }

    /// Shows models, storage and health.
    @GetMapping
    @Allowed(Right.SEE_HEALTH)
    Installation installation() {
        try {
            FileStore disk = Files.getFileStore(likeness.settings().data());
            return new Installation(
                    disk.getUsableSpace(),
                    disk.getTotalSpace(),
                    likeness.auditSize(),
                    imports.running().size(),
                    likeness.collections().stream()
                            .map(likeness::summary)
                            .map(Installation.Held::of)
                            .toList(),
                    likeness.packs().installed().stream()
                            .map(pack -> new Installation.Pack(pack.name(), pack.version(), pack.licence()))
                            .toList());
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the disk of the data directory cannot be asked\nTry again.",
                            e)
                    .called("disk.data");
        }
    }
}
