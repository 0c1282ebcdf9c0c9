package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.document.Document;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/// The documents that whoever runs a collection must be able to show, made from what is recorded at
/// this moment.
@Controller
class DocumentPages extends CollectionController {
    private final Pages pages;

    DocumentPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/documents")
    @Allowed(Right.SEE_DOCUMENTS)
    View documents(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        return pages.page(
                request,
                found,
                "documents.jte",
                "documents.title",
                "documents",
                Map.of("documents", likeness().documents().make(found)));
    }

    @GetMapping("/c/{collection}/documents/{name}")
    @Allowed(Right.SEE_DOCUMENTS)
    ResponseEntity<byte[]> document(@PathVariable UUID collection, @PathVariable String name) {
        Document found = likeness().documents().make(collection(collection)).stream()
                .filter(document -> document.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notHere("document").called("document.none"));
        return DemandPages.download(found.name(), found.text());
    }
}
