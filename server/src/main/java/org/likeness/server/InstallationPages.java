package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/// Models, storage and health of the installation.
@Controller
class InstallationPages {
    private final Likeness likeness;
    private final Pages pages;
    private final ImportQueue imports;

    InstallationPages(Likeness likeness, Pages pages, ImportQueue imports) {
        this.likeness = likeness;
        this.pages = pages;
        this.imports = imports;
    }

    @GetMapping("/installation")
    @Allowed(Right.SEE_HEALTH)
    View installation(HttpServletRequest request) {
        try {
            FileStore disk = Files.getFileStore(likeness.settings().data());
            return pages.page(
                    request,
                    "installation.jte",
                    "installation.title",
                    "installation",
                    Map.of(
                            "collections",
                            likeness.collections().stream()
                                    .map(likeness::summary)
                                    .toList(),
                            "free",
                            disk.getUsableSpace(),
                            "size",
                            disk.getTotalSpace(),
                            "entries",
                            likeness.auditSize(),
                            "running",
                            imports.running().size(),
                            "packs",
                            likeness.packs().installed().stream()
                                    .map(pack -> pack.name() + " " + pack.version() + ", " + pack.licence())
                                    .toList()));
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the disk of the data directory cannot be asked\nTry again.",
                    e);
        }
    }
}
